package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.clean.CleanSpec.Aggregation;
import io.longcast.clean.CleanSpec.Anchor;
import io.longcast.clean.CleanSpec.Duplicates;
import io.longcast.clean.CleanSpec.Gaps;
import io.longcast.clean.CleanSpec.Policy;
import io.longcast.clean.CleanSpec.Snap;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GridCleanerTest {
  private final Cleaning cleaning = Cleaning.hourly();

  @Test
  void leavesWhatNobodyObservedUnobservedAndFillsItByThePolicy() {
    SeriesBuffer rows =
        Cleaning.rows(
            "2024-01-01T00:00:00Z", 1, "2024-01-01T01:00:00Z", null, "2024-01-01T04:00:00Z", 4);
    cleaning.gaps = Gaps.LINEAR;
    Segment segment = cleaning.clean(rows).segment();
    assertThat(segment.row(0).toFloats()).containsExactly(1, 1.75f, 2.5f, 3.25f, 4);
    assertThat(observed(segment)).isEqualTo("10001");
  }

  @Test
  void holdsTheLastValueInGapsLongerThanTheLimit() {
    SeriesBuffer rows = Cleaning.rows("2024-01-01T00:00:00Z", 1, "2024-01-01T04:00:00Z", 4);
    cleaning.gaps = Gaps.LINEAR;
    cleaning.gapLimit = 2;
    assertThat(cleaning.clean(rows).segment().row(0).toFloats()).containsExactly(1, 1, 1, 1, 4);
  }

  @ParameterizedTest
  @CsvSource({"MEAN,2.5", "SUM,5", "MIN,1", "MAX,4", "LAST,4"})
  void aggregatesWhenCoarsening(Aggregation aggregation, float expected) {
    cleaning.aggregation = aggregation;
    SeriesBuffer rows =
        Cleaning.rows(
            "2024-01-01T00:10:00Z", 1, "2024-01-01T00:50:00Z", 4, "2024-01-01T01:10:00Z", 7);
    SeriesOutcome series = cleaning.clean(rows);
    assertThat(series.segment().row(0).toFloats()).containsExactly(expected, 7);
    assertThat(series.used()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Duplicates.class)
  void settlesDuplicatesAndListsThoseNotUsed(Duplicates policy) {
    cleaning.duplicates = policy;
    SeriesBuffer rows =
        Cleaning.rows(
            "2024-01-01T00:00:00Z", 1, "2024-01-01T00:00:00Z", 3, "2024-01-01T01:00:00Z", 5);
    SeriesOutcome series = cleaning.clean(rows);
    float[] expected =
        switch (policy) {
          case FIRST -> new float[] {1, 5};
          case LAST -> new float[] {3, 5};
          case MEAN -> new float[] {2, 5};
          case REJECT -> new float[] {5};
        };
    assertThat(series.segment().row(0).toFloats()).containsExactly(expected);
    assertThat(series.rejects())
        .hasSize(policy == Duplicates.MEAN ? 0 : policy == Duplicates.REJECT ? 2 : 1)
        .allSatisfy(
            row -> {
              assertThat(row.reason()).startsWith("duplicate time, one of 2 rows");
              assertThat(row.record()).startsWith("{\"series_id\":\"a\",\"timestamp\":\"2024-01");
            });
    assertThat(series.used() + series.rejects().size()).isEqualTo(series.read());
  }

  @Test
  void givesADayAsManyHoursAsTheZoneGivesIt() {
    cleaning.zone = "Europe/Berlin";
    cleaning.frequency = "1d";
    cleaning.aggregation = Aggregation.SUM;
    SeriesBuffer rows = new SeriesBuffer(List.of("value"), 0);
    rows.begin("a");
    Instant start = Instant.parse("2024-03-29T23:00:00Z");
    for (int hour = 0; hour < 24 + 23 + 24; hour++) {
      Cleaning.add(rows, start.plus(Duration.ofHours(hour)).toString(), 1);
    }
    Segment segment = cleaning.clean(rows).segment();
    assertThat(segment.row(0).toFloats()).containsExactly(24, 23, 24);
    assertThat(segment.axis().instant(2)).contains(Instant.parse("2024-03-31T22:00:00Z"));
  }

  @Test
  void resolvesTheRepeatedHourByFileOrder() {
    cleaning.zone = "Europe/Berlin";
    cleaning.frequency = "30m";
    cleaning.repeatedHour = ZoneId.of("Europe/Berlin");
    SeriesBuffer rows =
        Cleaning.rows(
            "2024-10-27T00:00:00Z",
            1,
            "2024-10-27T00:00:00Z",
            3,
            "2024-10-27T00:30:00Z",
            2,
            "2024-10-27T00:30:00Z",
            4,
            "2024-10-27T02:00:00Z",
            5);
    SeriesOutcome series = cleaning.clean(rows);
    assertThat(series.segment().row(0).toFloats()).containsExactly(1, 2, 3, 4, 5);
    assertThat(series.rejects()).isEmpty();
  }

  @Test
  void followsMonthsOfDifferentLengthFromTheLastDayOfOne() {
    cleaning.frequency = "1M";
    SeriesBuffer rows =
        Cleaning.rows(
            "2024-01-31T00:00:00Z", 1, "2024-02-29T00:00:00Z", 2, "2024-03-31T00:00:00Z", 3);
    Segment segment = cleaning.clean(rows).segment();
    assertThat(segment.row(0).toFloats()).containsExactly(1, 2, 3);
    assertThat(segment.axis().instant(1)).contains(Instant.parse("2024-02-29T00:00:00Z"));
  }

  @Test
  void keepsThePhaseOfRowsThatAreRegularAndTakesTheCalendarForOthers() {
    SeriesBuffer regular = Cleaning.rows("2024-01-01T00:30:00Z", 1, "2024-01-01T01:30:00Z", 2);
    assertThat(cleaning.clean(regular).segment().axis().instant(0))
        .contains(Instant.parse("2024-01-01T00:30:00Z"));
    SeriesBuffer jittered = Cleaning.rows("2024-01-01T00:30:00Z", 1, "2024-01-01T01:30:07Z", 2);
    assertThat(cleaning.clean(jittered).segment().axis().instant(0))
        .contains(Instant.parse("2024-01-01T00:00:00Z"));
  }

  @Test
  void snapsToTheNearerStepWhereAStepIsAPoint() {
    cleaning.anchor = Anchor.CALENDAR;
    cleaning.snap = Snap.NEAREST;
    SeriesBuffer rows =
        Cleaning.rows(
            "2023-12-31T23:59:58Z", 1, "2024-01-01T01:00:02Z", 2, "2024-01-01T01:59:59Z", 3);
    Segment segment = cleaning.clean(rows).segment();
    assertThat(segment.row(0).toFloats()).containsExactly(1, 2, 3);
    assertThat(segment.axis().instant(0)).contains(Instant.parse("2024-01-01T00:00:00Z"));
  }

  @Test
  void rejectsTheRowOfAClockThatWasNotSet() {
    for (String odd : List.of("1970-01-01T00:00:00Z", "2099-12-31T00:00:00Z")) {
      for (Duplicates policy : Duplicates.values()) {
        cleaning.duplicates = policy;
        SeriesBuffer rows = new SeriesBuffer(List.of("value"), 0);
        rows.begin("a");
        if (odd.startsWith("1970")) {
          Cleaning.add(rows, odd, 99);
        }
        for (int hour = 0; hour < 20; hour++) {
          Cleaning.add(
              rows, Instant.parse("2024-01-01T00:00:00Z").plusSeconds(3600L * hour) + "", hour);
        }
        if (odd.startsWith("2099")) {
          Cleaning.add(rows, odd, 99);
        }
        SeriesOutcome series = cleaning.clean(rows);
        assertThat(series.segment().length()).isEqualTo(20);
        assertThat(series.segment().axis().instant(19))
            .contains(Instant.parse("2024-01-01T19:00:00Z"));
        assertThat(series.rejects())
            .singleElement()
            .satisfies(row -> assertThat(row.reason()).contains("clean.timeOutlierFactor"));
        assertThat(series.used()).isEqualTo(20);
      }
    }
  }

  @Test
  void extendsKnownCovariatesPastTheLastTarget() {
    SeriesLayout layout = new SeriesLayout(List.of("load"), List.of(), List.of("plan"), List.of());
    SeriesBuffer rows = new SeriesBuffer(List.of("load", "plan"), 0);
    rows.begin("a");
    Cleaning.add(rows, "2024-01-01T00:00:00Z", 1, 10);
    Cleaning.add(rows, "2024-01-01T01:00:00Z", 2, 20);
    Cleaning.add(rows, "2024-01-01T02:00:00Z", null, 30);
    Cleaning.add(rows, "2024-01-01T03:00:00Z", null, 40);
    Segment segment = cleaning.clean(rows, layout).segment();
    assertThat(segment.length()).isEqualTo(2);
    assertThat(segment.row(0).toFloats()).containsExactly(1, 2);
    assertThat(segment.row(1).toFloats()).containsExactly(10, 20, 30, 40);
    assertThat(segment.originTo()).isEqualTo(3);
  }

  @Test
  void declaresTheStatusOfIrregularSeriesAndAccountsForTheirRows() {
    cleaning.minLength = 2;
    cleaning.constant = Policy.DROP;
    cleaning.maxSteps = 100;
    check(Cleaning.rows("2024-01-01T00:00:00Z", 1), "short", "1 steps, fewer than 2");
    check(
        Cleaning.rows("2024-01-01T00:00:00Z", 1, "2024-01-01T01:00:00Z", 1),
        "constant",
        "no channel ever changes");
    check(
        Cleaning.rows("2024-01-01T00:00:00Z", null, "2024-01-01T01:00:00Z", null),
        "all-missing",
        "no channel has a value");
    check(Cleaning.rows(null, 1, null, 2), "empty", "no row could be used");
    check(
        Cleaning.rows("2024-01-01T00:00:00Z", 1, "2204-01-01T01:00:00Z", 2),
        "too-long",
        "1577834 steps of 1h");
  }

  private void check(SeriesBuffer rows, String kind, String reason) {
    SeriesOutcome series = cleaning.clean(rows);
    assertThat(series.status().kind()).isEqualTo(kind);
    assertThat(series.status().kept()).isFalse();
    assertThat(series.status().reason()).contains(reason);
    assertThat(series.segment()).isNull();
    assertThat(series.rejects()).hasSize((int) series.read());
    assertThat(series.account().balances()).isTrue();
  }

  private static String observed(Segment segment) {
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < segment.length(); i++) {
      bits.append(segment.isObserved(0, i) ? '1' : '0');
    }
    return bits.toString();
  }
}

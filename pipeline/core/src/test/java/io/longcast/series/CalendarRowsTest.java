package io.longcast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class CalendarRowsTest {
  private static final CalendarSpec ALL = CalendarSpec.of(CalendarFeature.values());

  /** Position in the cycle by the calendar itself, step by step. */
  private static double position(CalendarFeature feature, ZonedDateTime at) {
    int second = at.toLocalTime().toSecondOfDay();
    return switch (feature) {
      case MINUTE_OF_HOUR -> second % 3600 / 3600.0;
      case HOUR_OF_DAY -> second / 86_400.0;
      case DAY_OF_WEEK -> (at.getDayOfWeek().getValue() - 1) / 7.0;
      case DAY_OF_MONTH -> (at.getDayOfMonth() - 1) / 31.0;
      case DAY_OF_YEAR -> (at.getDayOfYear() - 1) / 366.0;
      case MONTH_OF_YEAR -> (at.getMonthValue() - 1) / 12.0;
      case WEEKEND -> at.getDayOfWeek().getValue() >= 6 ? 1 : 0;
    };
  }

  @Test
  void agreesWithTheCalendarOnEveryFrequencyAndOverClockChanges() {
    for (String zone : List.of("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")) {
      for (String text :
          List.of("1s", "7s", "1m", "15m", "1h", "7h", "30h", "1d", "1w", "1M", "1y")) {
        for (String start : List.of("2024-03-08T21:10:05", "2024-03-08T21:00:00")) {
          GridAxis axis =
              Frequency.parse(text).axis(LocalDateTime.parse(start).atZone(ZoneId.of(zone)));
          check(axis, -40, 1000, text + " in " + zone);
        }
      }
    }
  }

  private static void check(GridAxis axis, int first, int count, String what) {
    float[] found = new float[ALL.columns() * count + 3];
    new CalendarRows(ALL).fill(axis, first, count, found, 3);
    int at = 3;
    for (CalendarFeature feature : ALL.features()) {
      for (int i = 0; i < count; i++) {
        double p = position(feature, axis.at(first + i));
        String where = feature + " of " + axis.at(first + i) + ", " + what;
        boolean flag = feature.columns() == 1;
        double sine = flag ? p : Math.sin(2 * Math.PI * p);
        assertThat((double) found[at + i]).as(where).isCloseTo(sine, within(1e-6));
        if (!flag) {
          assertThat((double) found[at + count + i])
              .as(where)
              .isCloseTo(Math.cos(2 * Math.PI * p), within(1e-6));
        }
      }
      at += feature.columns() * count;
    }
  }

  @Test
  void givesZerosForRowsWithoutATime() {
    RowAxis rows = new RowAxis(0, new long[] {0, RowAxis.ABSENT});
    float[] found = new float[6];
    new CalendarRows(CalendarSpec.of(CalendarFeature.HOUR_OF_DAY)).fill(rows, 0, 3, found, 0);
    assertThat(found).containsExactly(0, 0, 0, 1, 0, 0);
  }

  @Test
  void namesItsColumns() {
    assertThat(CalendarSpec.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.WEEKEND).columnNames())
        .containsExactly("hour-of-day.sin", "hour-of-day.cos", "weekend");
    assertThat(CalendarSpec.forFrequency(Frequency.parse("1h")).columns()).isEqualTo(7);
    assertThat(CalendarSpec.forFrequency(Frequency.parse("1y")).columns()).isZero();
  }
}

package io.longcast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("once")
class FrequencyTest {
  private static final List<String> GRIDS =
      List.of(
          "250us", "10ms", "200ms", "1s", "7s", "15m", "1h", "5h", "1d", "2d", "1b", "3b", "1w",
          "1M", "1ME", "2ME", "1q", "1QE", "1y");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void keepsTheClockTimeOfADailyGridOverDaylightSaving() {
    ZonedDateTime before = ZonedDateTime.of(2024, 3, 30, 6, 0, 0, 0, BERLIN);
    assertThat(Frequency.parse("1d").plus(before, 1).getHour()).isEqualTo(6);
    assertThat(Frequency.parse("24h").plus(before, 1).getHour()).isEqualTo(7);
  }

  @Test
  void tellsMonthsFromMinutes() {
    assertThat(Frequency.parse("1M").unit()).isEqualTo(Frequency.Unit.MONTH);
    assertThat(Frequency.parse("15m").unit()).isEqualTo(Frequency.Unit.MINUTE);
  }

  @Test
  void namesTheRemedyForAnUnknownUnit() {
    assertThatThrownBy(() -> Frequency.parse("5x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("15m, 1h, 1M");
  }

  private static ZonedDateTime berlin(String local) {
    return java.time.LocalDateTime.parse(local).atZone(BERLIN);
  }

  @Test
  void countsTwentyThreeAndTwentyFiveHoursOnTheDaysOfAClockChange() {
    GridAxis daily = Frequency.parse("1d").axis(berlin("2024-03-30T00:00"));
    assertThat(hours(daily, 0)).isEqualTo(24);
    assertThat(hours(daily, 1)).isEqualTo(23);
    GridAxis autumn = Frequency.parse("1d").axis(berlin("2024-10-26T00:00"));
    assertThat(hours(autumn, 1)).isEqualTo(25);
    GridAxis hourly = Frequency.parse("1h").axis(berlin("2024-03-31T00:00"));
    assertThat(hourly.floorStep(berlin("2024-04-01T00:00").toInstant())).isEqualTo(23);
  }

  private static long hours(GridAxis axis, int day) {
    return java.time.Duration.between(axis.at(day), axis.at(day + 1)).toHours();
  }

  @Test
  void findsTheStepOfAnInstantOnEveryKindOfGrid() {
    Random random = new Random(3);
    for (String text : GRIDS) {
      Frequency frequency = Frequency.parse(text);
      GridAxis axis = frequency.axis(frequency.align(berlin("2023-01-31T02:30")));
      assertThat(frequency).isEqualTo(Frequency.parse(frequency.toString()));
      for (int k = 0; k < 200; k++) {
        long step = random.nextInt(2000) - 500;
        Instant at = axis.at(step).toInstant();
        Instant next = axis.at(step + 1).toInstant();
        assertThat(axis.instant(step)).as(text).contains(at);
        assertThat(axis.floorStep(at)).as(text).isEqualTo(step);
        assertThat(axis.floorStep(next.minusNanos(1000))).as(text).isEqualTo(step);
        assertThat(axis.nearestStep(at.plusNanos(100_000))).as(text).isEqualTo(step);
        assertThat(axis.nearestStep(next.minusNanos(100_000))).as(text).isEqualTo(step + 1);
      }
    }
  }

  @Test
  void clampsMonthsThatStartOnTheThirtyFirst() {
    GridAxis axis = Frequency.parse("1M").axis(berlin("2024-01-31T00:00"));
    assertThat(axis.at(1).toLocalDate()).hasToString("2024-02-29");
    assertThat(axis.at(2).toLocalDate()).hasToString("2024-03-31");
  }

  @ParameterizedTest
  @CsvSource({
    "10ms,2024-05-08T12:49:31.510",
    "200ms,2024-05-08T12:49:31.400",
    "7ms,2024-05-08T12:49:31.514",
    "15m,2024-05-08T12:45",
    "1h,2024-05-08T12:00",
    "6h,2024-05-08T12:00",
    "1d,2024-05-08T00:00",
    "1b,2024-05-08T00:00",
    "1w,2024-05-06T00:00",
    "1M,2024-05-01T00:00",
    "1ME,2024-04-30T00:00",
    "1q,2024-04-01T00:00",
    "1QE,2024-03-31T00:00",
    "1y,2024-01-01T00:00"
  })
  void floorsByTheCalendarOfTheZone(String frequency, String expected) {
    ZonedDateTime time = berlin("2024-05-08T12:49:31.517");
    assertThat(Frequency.parse(frequency).floor(time)).isEqualTo(berlin(expected));
  }

  @Test
  void everyFloorIsTheNewestStepOfItsGrid() {
    Random random = new Random(4);
    for (String text : GRIDS) {
      Frequency frequency = Frequency.parse(text);
      for (int k = 0; k < 300; k++) {
        ZonedDateTime time =
            Instant.ofEpochSecond(random.nextInt(2_000_000_000), random.nextInt(1_000_000) * 1000L)
                .atZone(BERLIN);
        ZonedDateTime floor = frequency.floor(time);
        assertThat(floor).as(text).isBeforeOrEqualTo(time);
        assertThat(frequency.floor(floor)).as(text + time).isEqualTo(floor);
        assertThat(frequency.stepsBetween(floor, time)).as(text + time).isZero();
      }
    }
  }

  @Test
  void businessDaysPassOverWeekends() {
    GridAxis axis = Frequency.parse("1b").axis(berlin("2024-03-28T16:00"));
    assertThat(List.of(0, 1, 2, 3).stream().map(step -> axis.at(step).toString().substring(0, 16)))
        .containsExactly(
            "2024-03-28T16:00", "2024-03-29T16:00", "2024-04-01T16:00", "2024-04-02T16:00");
    assertThat(axis.floorStep(berlin("2024-03-31T12:00").toInstant())).isEqualTo(1);
    assertThat(Frequency.parse("1b").seasonalPeriods()).containsExactly(5);
    assertThat(Frequency.parse("B").align(berlin("2024-03-31T12:00")))
        .isEqualTo(berlin("2024-03-29T12:00"));
  }

  @Test
  void monthEndsStayMonthEnds() {
    GridAxis axis = Frequency.parse("1ME").axis(berlin("2023-04-30T00:00"));
    assertThat(List.of(9, 10, 11).stream().map(step -> axis.at(step).toLocalDate().toString()))
        .containsExactly("2024-01-31", "2024-02-29", "2024-03-31");
    GridAxis quarters = Frequency.parse("1qe").axis(berlin("2023-06-30T00:00"));
    assertThat(List.of(0, 1, 2, 3).stream().map(step -> quarters.at(step).toLocalDate().toString()))
        .containsExactly("2023-06-30", "2023-09-30", "2023-12-31", "2024-03-31");
  }

  @Test
  void refusesWhatOthersWriteForMonthStarts() {
    assertThatThrownBy(() -> Frequency.parse("1MS")).hasMessageContaining("found \"1MS\"");
    assertThat(Frequency.parse("200ms").exactMicros()).isEqualTo(200_000);
  }

  @Test
  void knowsTheUsualSeasons() {
    assertThat(Frequency.parse("1h").seasonalPeriods()).containsExactly(24, 168);
    assertThat(Frequency.parse("15m").seasonalPeriods()).containsExactly(96, 672);
    assertThat(Frequency.parse("10s").seasonalPeriods()).containsExactly(360, 8640);
    assertThat(Frequency.parse("1d").seasonalPeriods()).containsExactly(7);
    assertThat(Frequency.parse("1w").seasonalPeriod()).isEqualTo(52);
    assertThat(Frequency.parse("1M").seasonalPeriod()).isEqualTo(12);
    assertThat(Frequency.parse("1q").seasonalPeriod()).isEqualTo(4);
    assertThat(Frequency.parse("1y").seasonalPeriod()).isEqualTo(1);
  }
}

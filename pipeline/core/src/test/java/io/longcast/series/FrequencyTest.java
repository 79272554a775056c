package io.longcast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrequencyTest {
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
    for (String text : List.of("1s", "7s", "15m", "1h", "5h", "1d", "2d", "1w", "1M", "1q", "1y")) {
      Frequency frequency = Frequency.parse(text);
      GridAxis axis = frequency.axis(berlin("2023-01-31T02:30"));
      for (int k = 0; k < 200; k++) {
        long step = random.nextInt(2000) - 500;
        java.time.Instant at = axis.at(step).toInstant();
        java.time.Instant next = axis.at(step + 1).toInstant();
        assertThat(axis.instant(step)).as(text).contains(at);
        assertThat(axis.floorStep(at)).as(text).isEqualTo(step);
        assertThat(axis.floorStep(next.minusNanos(1))).as(text).isEqualTo(step);
        assertThat(axis.nearestStep(at.plusMillis(200))).as(text).isEqualTo(step);
        assertThat(axis.nearestStep(next.minusMillis(200))).as(text).isEqualTo(step + 1);
      }
    }
  }

  @Test
  void clampsMonthsThatStartOnTheThirtyFirst() {
    GridAxis axis = Frequency.parse("1M").axis(berlin("2024-01-31T00:00"));
    assertThat(axis.at(1).toLocalDate()).hasToString("2024-02-29");
    assertThat(axis.at(2).toLocalDate()).hasToString("2024-03-31");
  }

  @Test
  void startsNaturalStepsAtRoundTimes() {
    ZonedDateTime time = berlin("2024-08-14T13:47:12.5");
    assertThat(Frequency.parse("15m").floor(time)).isEqualTo(berlin("2024-08-14T13:45"));
    assertThat(Frequency.parse("6h").floor(time)).isEqualTo(berlin("2024-08-14T12:00"));
    assertThat(Frequency.parse("1d").floor(time)).isEqualTo(berlin("2024-08-14T00:00"));
    assertThat(Frequency.parse("1w").floor(time)).isEqualTo(berlin("2024-08-12T00:00"));
    assertThat(Frequency.parse("1M").floor(time)).isEqualTo(berlin("2024-08-01T00:00"));
    assertThat(Frequency.parse("1q").floor(time)).isEqualTo(berlin("2024-07-01T00:00"));
    assertThat(Frequency.parse("1y").floor(time)).isEqualTo(berlin("2024-01-01T00:00"));
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

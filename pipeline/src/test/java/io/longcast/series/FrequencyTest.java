package io.longcast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.time.ZonedDateTime;
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
}

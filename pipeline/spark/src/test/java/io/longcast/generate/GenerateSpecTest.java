package io.longcast.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class GenerateSpecTest {
  private static GenerateSpec spec(String start, Duration interval, String zone, double dirty) {
    return new GenerateSpec(SampleKind.STOCKS, 1, 10, 0, start, interval, zone, 0, dirty, 1);
  }

  @Test
  void namesTheKeyOfABadSetting() {
    Duration day = Duration.ofDays(1);
    assertThatThrownBy(() -> spec("2024-01-01", day, "UTC", 0))
        .hasMessage("start must be an ISO 8601 instant, found 2024-01-01 (key generate.start)");
    assertThatThrownBy(() -> spec("2024-01-01T00:00:00Z", Duration.ZERO, "UTC", 0))
        .hasMessageContaining("generate.interval");
    assertThatThrownBy(() -> spec("2024-01-01T00:00:00Z", day, "Europe/Nowhere", 0))
        .hasMessageContaining("generate.zone");
    assertThatThrownBy(() -> spec("2024-01-01T00:00:00Z", day, "UTC", 0.6))
        .hasMessage("dirty must be in [0, 0.5], found 0.6 (key generate.dirty)");
  }

  @Test
  void dailyPricesSkipWeekends() {
    GenerateSpec spec = spec("2024-01-05T00:00:00Z", Duration.ofDays(1), "UTC", 0);
    Instant friday = Instant.EPOCH.plus(spec.micros(0), ChronoUnit.MICROS);
    Instant next = Instant.EPOCH.plus(spec.micros(1), ChronoUnit.MICROS);
    assertThat(friday).isEqualTo("2024-01-05T00:00:00Z");
    assertThat(next).isEqualTo("2024-01-08T00:00:00Z");
  }
}

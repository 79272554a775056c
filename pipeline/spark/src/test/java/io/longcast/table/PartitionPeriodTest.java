package io.longcast.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.series.Frequency;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionPeriodTest {

  @ParameterizedTest
  @CsvSource({
    "10s, DAY, 2024-03-31",
    "1h, DAY, 2024-03-31",
    "6h, MONTH, 2024-03-01",
    "1d, MONTH, 2024-03-01",
    "1b, MONTH, 2024-03-01",
    "1w, YEAR, 2024-01-01",
    "1ME, YEAR, 2024-01-01"
  })
  void suitsTheFrequency(String frequency, PartitionPeriod period, LocalDate first) {
    assertThat(PartitionPeriod.of(Frequency.parse(frequency))).isEqualTo(period);
    Instant at = Instant.parse("2024-03-31T23:59:59.999999Z");
    assertThat(period.of(Timestamp.from(at)).toLocalDate()).isEqualTo(first);
    assertThat(period.epochDay(ChronoUnit.MICROS.between(Instant.EPOCH, at)))
        .isEqualTo((int) first.toEpochDay());
  }
}

package io.longcast.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plausibility of units of time. */
class EpochUnitTest {

  @ParameterizedTest
  @CsvSource({
    "epoch-millis, 1704067200, 1970-01-20T17:21:07Z, epoch-seconds",
    "epoch-seconds, 1704067200000, +55969, epoch-millis",
    "epoch-micros, 1704067200000, 1970-01-20, epoch-millis",
    "epoch-micros, 1704067200000000000, +55969, epoch-nanos",
    "epoch-seconds, 1704067200000000000, beyond any calendar, epoch-nanos",
    "epoch-millis, 1704067200.25, 1970-01-20, epoch-seconds"
  })
  void aUnitThatOnlyAnotherMakesPlausibleIsNamed(
      String format, BigDecimal time, String read, String right) {
    assertThat(EpochUnit.of(format).problem(List.of(time, time.add(BigDecimal.TEN))))
        .get()
        .asString()
        .contains(time.toPlainString() + " read as " + format + " is " + read, "as " + right);
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoch-seconds", "epoch-millis", "epoch-micros", "epoch-nanos"})
  void countsFromZeroAreAnyUnit(String format) {
    assertThat(EpochUnit.of(format).problem(List.of(BigDecimal.ZERO, BigDecimal.ONE))).isEmpty();
    assertThat(EpochUnit.of(format).problem(List.of())).isEmpty();
  }
}

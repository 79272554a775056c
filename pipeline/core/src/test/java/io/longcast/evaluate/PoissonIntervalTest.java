package io.longcast.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PoissonIntervalTest {

  /**
   * Garwood's table, as in Johnson, Kotz and Kemp: 0 (0, 3.69), 5 (1.62, 11.67), 100 (81.4, 121.6).
   */
  @Test
  void agreesWithTheTable() {
    is(0, 0, 3.689);
    is(5, 1.623, 11.668);
    is(100, 81.364, 121.627);
  }

  private static void is(long count, double lower, double upper) {
    PoissonInterval interval = PoissonInterval.garwood(count, .95);
    assertThat(interval.lower()).isCloseTo(lower, within(.001));
    assertThat(interval.upper()).isCloseTo(upper, within(.001));
  }

  @Test
  void refusesACountBelowZero() {
    assertThatThrownBy(() -> PoissonInterval.garwood(-1, .95))
        .hasMessage("count must be >= 0, found -1");
  }
}

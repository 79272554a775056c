package io.longcast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScalarsTest {
  @Test
  void agreesWithTheJdk() {
    for (double x = 1e-8; x < 1e9; x *= 1.37) {
      assertThat(Scalars.log(x))
          .isCloseTo(StrictMath.log(x), within(1e-12 * (1 + Math.abs(Math.log(x)))));
    }
    for (double x = -50; x < 50; x += .73) {
      assertThat(Scalars.exp(x) / StrictMath.exp(x)).isCloseTo(1, within(1e-12));
    }
  }
}

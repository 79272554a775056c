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

  @Test
  void holdsAtTheEdgesOfItsRanges() {
    for (double x : new double[] {Math.sqrt(.5), 1, Math.sqrt(2), 2, Float.MIN_NORMAL, 1e300}) {
      for (double y : new double[] {Math.nextDown(x), x, Math.nextUp(x)}) {
        assertThat(Scalars.log(y))
            .isCloseTo(StrictMath.log(y), within(1e-12 * (1 + Math.abs(Math.log(y)))));
      }
    }
    for (double x : new double[] {0, .5 * Math.log(2), 1.5 * Math.log(2), 700}) {
      assertThat(Scalars.exp(x) / StrictMath.exp(x)).isCloseTo(1, within(1e-12));
      assertThat(Scalars.exp(-x) / StrictMath.exp(-x)).isCloseTo(1, within(1e-12));
    }
    assertThat(Scalars.exp(900)).isEqualTo(Scalars.exp(700));
    assertThat(Scalars.exp(Double.NaN)).isNaN();
  }
}

package io.longcast.model.network.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GammaFunctionTest {
  @Test
  void agreesWithKnownValues() {
    assertThat(GammaFunction.log(5)).isCloseTo(StrictMath.log(24), within(1e-9));
    assertThat(GammaFunction.digamma(1)).isCloseTo(-0.5772156649015329, within(1e-9));
  }
}

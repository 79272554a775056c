package io.longcast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalDistributionTest {
  @Test
  void agreesWithTabulatedTails() {
    assertThat(NormalDistribution.upperTail(0)).isEqualTo(0.5);
    assertThat(NormalDistribution.upperTail(1.959963984540054)).isCloseTo(0.025, within(1e-14));
    assertThat(NormalDistribution.upperTail(-1)).isCloseTo(0.841344746068543, within(1e-14));
    assertThat(NormalDistribution.upperTail(5) / 2.866515718791939e-7).isCloseTo(1, within(1e-12));
    assertThat(NormalDistribution.upperTail(10) / 7.619853024160526e-24)
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void invertsItsOwnTail() {
    for (double p : new double[] {1e-9, 0.025, 0.3, 0.5, 0.9, 0.999}) {
      double z = NormalDistribution.quantile(p);
      assertThat(1 - NormalDistribution.upperTail(z)).isCloseTo(p, within(1e-12));
    }
    assertThat(NormalDistribution.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-12));
  }
}

package io.longcast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResidualCountsTest {
  private static final List<Double> LEVELS = List.of(.025, .1, .5, .9, .975);

  private static ResidualCounts normal(int windows, long seed, double... deviations) {
    Random random = new Random(seed);
    ResidualCounts counts = new ResidualCounts(deviations.length);
    for (int window = 0; window < windows; window++) {
      for (int t = 0; t < deviations.length; t++) {
        counts.add(t, deviations[t] * random.nextGaussian());
      }
    }
    return counts;
  }

  /** Quantiles of a normal variable at each step, to the width of a bin and sampling. */
  @Test
  void findsTheQuantilesOfEachStep() {
    ResidualQuantiles found = normal(20_000, 1, .1, .4).quantiles(LEVELS);
    double[] z = {-1.960, -1.2816, 0, 1.2816, 1.960};
    for (int q = 0; q < z.length; q++) {
      assertThat(found.offset(0, q)).isCloseTo(.1 * z[q], within(.1 * .06));
      assertThat(found.offset(1, q)).isCloseTo(.4 * z[q], within(.4 * .06));
    }
  }

  @Test
  void drawsTheSpreadOfFewWindowsTowardsThatOfAllSteps() {
    ResidualCounts counts = new ResidualCounts(2);
    counts.add(0, .125);
    counts.add(1, -1);
    ResidualQuantiles found = counts.quantiles(LEVELS);
    double pooled = (.125 + 1) / 2;
    assertThat(found.spreads().get(0)).isCloseTo((.125 + 10 * pooled) / 11, within(.02));
    assertThat(found.spreads().get(1)).isCloseTo((1 + 10 * pooled) / 11, within(.04));
  }

  @Test
  void keepsThePointInsideEveryInterval() {
    ResidualCounts above = new ResidualCounts(1);
    for (int k = 1; k <= 100; k++) {
      above.add(0, k / 100.0);
    }
    List<Double> offsets = above.quantiles(LEVELS).offsets();
    assertThat(offsets.subList(0, 3)).containsOnly(0.0);
    assertThat(offsets.get(3)).isPositive().isLessThan(offsets.get(4));
  }

  @Test
  void mergesToTheSameQuantilesInAnyOrder() {
    List<Integer> parts = new ArrayList<>(List.of(1, 2, 3, 4, 5));
    ResidualQuantiles first = merged(parts);
    Collections.reverse(parts);
    assertThat(merged(parts)).isEqualTo(first);
  }

  private static ResidualQuantiles merged(List<Integer> parts) {
    ResidualCounts all = new ResidualCounts(3);
    parts.forEach(part -> all.merge(normal(50, part, .1, .2, 300)));
    return all.quantiles(LEVELS);
  }

  @Test
  void hasNothingToAddWithoutResiduals() {
    assertThat(new ResidualCounts(3).quantiles(LEVELS)).isEqualTo(ResidualQuantiles.NONE);
    ResidualCounts exact = new ResidualCounts(1);
    exact.add(0, 0);
    assertThat(exact.quantiles(LEVELS).offsets()).containsOnly(0.0);
  }
}

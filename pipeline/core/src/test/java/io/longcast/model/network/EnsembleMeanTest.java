package io.longcast.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleMeanTest {
  private static final List<Double> LEVELS = List.of(.1, .25, .5, .75, .9);

  /** Two normal members of deviation 1 whose medians lie {@code apart} from one another. */
  private static EnsembleMean two(double apart) {
    EnsembleMean mean = new EnsembleMean(LEVELS, 1, LEVELS.size(), 2);
    for (double middle : new double[] {-apart / 2, apart / 2}) {
      double[] quantiles = {
        middle - 1.2816, middle - .6745, middle, middle + .6745, middle + 1.2816
      };
      mean.add(0, middle, quantiles);
    }
    return mean;
  }

  @Test
  void averagesMembersThatAgree() {
    assertThat(two(0).quantile(0, 4)).isCloseTo(1.2816, within(1e-9));
    assertThat(two(0).point(0)).isZero();
  }

  @Test
  void widensByWhatMembersDiffer() {
    double variance = 1 + .5;
    assertThat(two(1).quantile(0, 4)).isCloseTo(1.2816 * Math.sqrt(variance), within(1e-3));
    assertThat(two(1).quantile(0, 2)).isZero();
    assertThat(two(1).quantile(0, 0)).isCloseTo(-two(1).quantile(0, 4), within(1e-9));
  }

  @Test
  void leavesOneMemberAsItIs() {
    EnsembleMean one = new EnsembleMean(LEVELS, 1, LEVELS.size(), 1);
    one.add(0, 7, new double[] {1, 2, 3, 4, 5});
    assertThat(one.quantile(0, 0)).isEqualTo(1);
    assertThat(one.point(0)).isEqualTo(7);
  }
}

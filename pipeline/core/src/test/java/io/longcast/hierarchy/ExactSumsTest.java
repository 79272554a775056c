package io.longcast.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumsTest {

  @Test
  void keepsWhatRoundingWouldLose() {
    assertThat(sum(1e16, 1, -1e16)).isEqualTo(1);
    assertThat(sum(1e100, 1, -1e100, 1e-3)).isEqualTo(1.001);
    assertThat(sum()).isZero();
    // Half a unit in the last place, and a little more: the plain sum stays at 1.
    assertThat(sum(1, 0x1p-53, 0x1p-106)).isEqualTo(1 + 0x1p-52);
    assertThat(sum(1, 0x1p-53)).isEqualTo(1);
  }

  @Test
  void equalsTheRoundedSumOfDecimalsInAnyOrderOfAddingAndMerging() {
    Random random = new Random(3);
    for (int trial = 0; trial < 50; trial++) {
      double[] values =
          random.doubles(200, -1, 1).map(x -> x * Math.pow(10, random.nextInt(30) - 15)).toArray();
      BigDecimal exact = BigDecimal.ZERO;
      ExactSums one = new ExactSums(2);
      ExactSums other = new ExactSums(2);
      for (int i = values.length - 1; i >= 0; i--) {
        exact = exact.add(new BigDecimal(values[i]));
        (i % 3 == 0 ? one : other).add(1, values[i]);
      }
      assertThat(sum(values)).isEqualTo(exact.doubleValue());
      assertThat(other.merge(one).values(1, 2)).containsExactly(exact.doubleValue());
    }
  }

  private static double sum(double... values) {
    ExactSums sums = new ExactSums(1);
    for (double value : values) {
      sums.add(0, value);
    }
    return sums.value(0);
  }
}

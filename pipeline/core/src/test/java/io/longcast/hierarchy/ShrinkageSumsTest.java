package io.longcast.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShrinkageSumsTest {

  @Test
  void equalsTheDefinitionOverAllPairsOfSeries() {
    Random random = new Random(7);
    double[][] errors = new double[9][24];
    for (int i = 0; i < errors.length; i++) {
      for (int t = 0; t < 24; t++) {
        double common = Math.sin(t * 1.7);
        errors[i][t] = (i + 1) * (common + (i % 3 + 0.2) * random.nextGaussian());
      }
    }
    double expected = definition(errors);
    assertThat(expected).isBetween(0.05, 0.95);
    ShrinkageSums whole = sums(errors, 0, 9);
    assertThat(whole.intensity()).isCloseTo(expected, within(1e-4));
    ShrinkageSums parts = sums(errors, 5, 9).merge(sums(errors, 0, 5));
    assertThat(parts.intensity()).isEqualTo(whole.intensity());
  }

  @Test
  void isOneWithoutPairsAndZeroWhereAllErrorsAreAlike() {
    assertThat(sums(new double[][] {{1, 2, 3}}, 0, 1).intensity()).isEqualTo(1);
    assertThat(sums(new double[][] {{0, 0, 0}, {1, 2, 3}}, 0, 2).series()).isEqualTo(1);
    assertThat(sums(new double[][] {{1}, {2}}, 0, 2).intensity()).isEqualTo(1);
    double[] same = {1, -1, 1, -1, 1, -1};
    assertThat(sums(new double[][] {same, same, same}, 0, 3).intensity())
        .isCloseTo(0, within(1e-9));
  }

  private static ShrinkageSums sums(double[][] errors, int from, int to) {
    ShrinkageSums sums = new ShrinkageSums(errors[0].length);
    for (int i = from; i < to; i++) {
      sums.add(errors[i]);
    }
    return sums;
  }

  /** Sum of the variances of the correlations over the sum of their squares. */
  private static double definition(double[][] errors) {
    int n = errors[0].length;
    double variances = 0;
    double squares = 0;
    for (int i = 0; i < errors.length; i++) {
      for (int j = 0; j < errors.length; j++) {
        double sum = 0;
        double squared = 0;
        for (int t = 0; t < n; t++) {
          double product =
              errors[i][t] * errors[j][t] / Math.sqrt(mean(errors[i]) * mean(errors[j]));
          sum += product;
          squared += product * product;
        }
        variances += i == j ? 0 : (squared - sum * sum / n) / (n * (n - 1.0));
        squares += i == j ? 0 : (sum / n) * (sum / n);
      }
    }
    return Math.max(0, Math.min(1, variances / squares));
  }

  private static double mean(double[] errors) {
    double sum = 0;
    for (double error : errors) {
      sum += error * error / errors.length;
    }
    return sum;
  }
}

package io.longcast.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TraceMinimizationTest {

  @Test
  void dividesTheGapByVariances() {
    // A total forecast as 14 with variance 2, two series as 4 and 6 with variances 1 and 3.
    TraceMinimization system =
        new TraceMinimization(1, new double[] {2}, new double[][] {{4}}, new double[1][0]);
    double[] multipliers = system.multipliers(new double[] {14 - 10});
    double sum = multipliers[0];
    assertThat(sum).isCloseTo(4.0 / 6, within(1e-9));
    double[] none = system.weights(multipliers);
    assertThat(4 + TraceMinimization.move(1, 1, sum, none, none)).isCloseTo(4.666667, within(1e-6));
    assertThat(6 + TraceMinimization.move(1, 3, sum, none, none)).isCloseTo(8, within(1e-6));
  }

  @Test
  void equalsThePublishedFormula() {
    // Groups: total; a + b; b + c (levels may cross). Series: a, b, c.
    int[][] groups = {{0, 1, 2}, {0, 1}, {1, 2}};
    Random random = new Random(5);
    int times = 12;
    double[][] errors = new double[6][times];
    for (double[] row : errors) {
      for (int t = 0; t < times; t++) {
        row[t] = random.nextGaussian() * (1 + row.length % 5);
      }
    }
    double[] base = {30, 21, 17, 9, 11, 7};
    double share = 0.3;
    double[] expected = published(groups, errors, base, share);

    double[] variances = {mean(errors[0]), mean(errors[1]), mean(errors[2])};
    double[][] shared = new double[3][3];
    double[][] incoherence = new double[3][];
    double[] gaps = new double[3];
    for (int u = 0; u < 3; u++) {
      incoherence[u] = errors[u].clone();
      gaps[u] = base[u];
      for (int b : groups[u]) {
        gaps[u] -= base[3 + b];
        for (int t = 0; t < times; t++) {
          incoherence[u][t] -= errors[3 + b][t];
        }
        for (int v = 0; v < 3; v++) {
          for (int other : groups[v]) {
            shared[u][v] += b == other ? mean(errors[3 + b]) : 0;
          }
        }
      }
    }
    TraceMinimization system = new TraceMinimization(share, variances, shared, incoherence);
    double[] multipliers = system.multipliers(gaps);
    double[] weights = system.weights(multipliers);
    for (int b = 0; b < 3; b++) {
      double sum = 0;
      for (int u = 0; u < 3; u++) {
        for (int member : groups[u]) {
          sum += member == b ? multipliers[u] : 0;
        }
      }
      double moved =
          base[3 + b]
              + TraceMinimization.move(share, mean(errors[3 + b]), sum, errors[3 + b], weights);
      assertThat(moved).isCloseTo(expected[b], within(1e-6));
    }
  }

  @Test
  void hasASolutionWhereGroupsAreEqualOrHaveNoVariance() {
    TraceMinimization equal =
        new TraceMinimization(
            1,
            new double[] {1, 1, 0},
            new double[][] {{2, 2, 0}, {2, 2, 0}, {0, 0, 0}},
            new double[3][0]);
    double[] multipliers = equal.multipliers(new double[] {4, 4, 1});
    assertThat(multipliers[0]).isCloseTo(0.8, within(1e-6));
    assertThat(multipliers[1]).isCloseTo(0.8, within(1e-6));
    assertThat(multipliers[2]).isZero();
  }

  /** Bottom rows of (S' W^-1 S)^-1 S' W^-1 y, with W formed whole. */
  private static double[] published(
      int[][] groups, double[][] errors, double[] base, double share) {
    int n = base.length;
    int bottom = n - groups.length;
    double[][] summing = new double[n][bottom];
    for (int u = 0; u < groups.length; u++) {
      for (int b : groups[u]) {
        summing[u][b] = 1;
      }
    }
    for (int b = 0; b < bottom; b++) {
      summing[groups.length + b][b] = 1;
    }
    double[][] w = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double product = 0;
        for (int t = 0; t < errors[i].length; t++) {
          product += errors[i][t] * errors[j][t] / errors[i].length;
        }
        w[i][j] = i == j ? product : (1 - share) * product;
      }
    }
    double[][] left = new double[bottom][bottom];
    double[] right = new double[bottom];
    for (int b = 0; b < bottom; b++) {
      double[] column = new double[n];
      for (int i = 0; i < n; i++) {
        column[i] = summing[i][b];
      }
      double[] weighted = solved(w, column);
      for (int i = 0; i < n; i++) {
        right[b] += weighted[i] * base[i];
        for (int c = 0; c < bottom; c++) {
          left[b][c] += weighted[i] * summing[i][c];
        }
      }
    }
    return solved(left, right);
  }

  private static double mean(double[] errors) {
    double sum = 0;
    for (double error : errors) {
      sum += error * error / errors.length;
    }
    return sum;
  }

  /** By elimination; nothing is overwritten. */
  private static double[] solved(double[][] matrix, double[] right) {
    int n = right.length;
    double[][] a = new double[n][];
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
    }
    for (int k = 0; k < n; k++) {
      for (int i = k + 1; i < n; i++) {
        double factor = a[i][k] / a[k][k];
        for (int j = k; j < n; j++) {
          a[i][j] -= factor * a[k][j];
        }
        x[i] -= factor * x[k];
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        x[i] -= a[i][j] * x[j];
      }
      x[i] /= a[i][i];
    }
    return x;
  }
}

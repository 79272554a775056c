package io.longcast.anomaly.baseline;

import io.longcast.anomaly.score.RowScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hotelling's T² of standardised rows, alone or with Q, the squared distance from the space of the
 * components that hold 95 % of the variance. Both divide by their 0.99 quantile on the learning
 * rows, so that 1 is the usual limit. The rows are kept until learning ends.
 */
final class PrincipalDistance implements RowScore {
  private static final long serialVersionUID = 1L;
  private static final double VARIANCE_KEPT = 0.95;
  private static final double LIMIT = 0.99;

  private final int learningRows;
  private final boolean components;
  private final List<double[]> learning = new ArrayList<>();
  private final double[] means;
  private final double[] deviations;
  private SymmetricEigen basis;
  private int kept;
  private double limitT = 1;
  private double limitQ = 1;

  PrincipalDistance(int channels, int learningRows, boolean components) {
    this.learningRows = learningRows;
    this.components = components;
    means = new double[channels];
    deviations = new double[channels];
  }

  @Override
  public double next(long micros, double[] values) {
    if (basis == null) {
      learning.add(values.clone());
      if (learning.size() == learningRows) {
        learn();
        learning.clear();
      }
      return 0;
    }
    double[] distances = distances(values);
    return components
        ? Math.max(distances[0] / limitT, distances[1] / limitQ)
        : distances[0] / limitT;
  }

  private void learn() {
    int n = learning.size();
    int d = means.length;
    for (int c = 0; c < d; c++) {
      int channel = c;
      double mean = learning.stream().mapToDouble(row -> row[channel]).average().orElse(0);
      double squares =
          learning.stream().mapToDouble(row -> Math.pow(row[channel] - mean, 2)).sum() / n;
      means[c] = mean;
      deviations[c] = squares > 0 ? Math.sqrt(squares) : 1;
    }
    double[][] covariance = new double[d][d];
    for (double[] row : learning) {
      double[] z = standardised(row);
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariance[i][j] += z[i] * z[j] / n;
        }
      }
    }
    basis = SymmetricEigen.of(covariance);
    kept = components ? keptComponents() : d;
    limitT = quantile(0);
    limitQ = components ? quantile(1) : 1;
  }

  private int keptComponents() {
    double total = Arrays.stream(basis.values()).sum();
    double sum = 0;
    int count = 0;
    while (count < means.length && sum < VARIANCE_KEPT * total) {
      sum += basis.values()[count++];
    }
    return count;
  }

  private double quantile(int which) {
    double[] sorted =
        learning.stream().mapToDouble(row -> distances(row)[which]).sorted().toArray();
    return Math.max(1e-12, sorted[(int) (LIMIT * (sorted.length - 1))]);
  }

  private double[] standardised(double[] row) {
    double[] z = new double[row.length];
    for (int c = 0; c < z.length; c++) {
      z[c] = (row[c] - means[c]) / deviations[c];
    }
    return z;
  }

  /** T² and Q of a row. */
  private double[] distances(double[] row) {
    double[] z = standardised(row);
    double t = 0;
    double q = 0;
    for (int k = 0; k < z.length; k++) {
      double projection = 0;
      for (int c = 0; c < z.length; c++) {
        projection += basis.vectors()[k][c] * z[c];
      }
      if (k < kept) {
        t += projection * projection / Math.max(1e-9, basis.values()[k]);
      } else {
        q += projection * projection;
      }
    }
    return new double[] {t, q};
  }
}

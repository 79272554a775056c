package io.longcast.anomaly.score;

import java.util.List;

/** Small dense matrices of channels by channels. */
final class SmallMatrix {
  private SmallMatrix() {}

  static double[] mean(List<double[]> rows) {
    double[] mean = new double[rows.get(0).length];
    for (double[] row : rows) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += row[c] / rows.size();
      }
    }
    return mean;
  }

  static double[][] covariance(List<double[]> rows, double[] mean) {
    double[][] covariance = new double[mean.length][mean.length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j < mean.length; j++) {
          covariance[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / rows.size();
        }
      }
    }
    return covariance;
  }

  /** The inverse of a positive definite matrix, by Gauss and Jordan's elimination. */
  static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] work = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, work[i], 0, n);
      work[i][n + i] = 1;
    }
    for (int p = 0; p < n; p++) {
      double pivot = work[p][p];
      for (int k = 0; k < 2 * n; k++) {
        work[p][k] /= pivot;
      }
      for (int i = 0; i < n; i++) {
        double factor = i == p ? 0 : work[i][p];
        for (int k = 0; k < 2 * n && factor != 0; k++) {
          work[i][k] -= factor * work[p][k];
        }
      }
    }
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(work[i], n, inverse[i], 0, n);
    }
    return inverse;
  }
}

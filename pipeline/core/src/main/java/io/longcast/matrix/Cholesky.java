package io.longcast.matrix;

/** The factor L of a symmetric positive definite matrix {@code A = L L'}, to solve with. */
public final class Cholesky {
  private final double[][] factor;

  /**
   * @param matrix {@code [n, n]}; its lower triangle is overwritten
   */
  public Cholesky(double[][] matrix) {
    factor = matrix;
    for (int i = 0; i < factor.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = factor[i][j] - dot(factor[i], factor[j], j);
        factor[i][j] = i == j ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / factor[j][j];
      }
    }
  }

  private static double dot(double[] a, double[] b, int n) {
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** Solves {@code A x = b}; b is overwritten with x. */
  public double[] solve(double[] b) {
    for (int i = 0; i < b.length; i++) {
      b[i] = (b[i] - dot(factor[i], b, i)) / factor[i][i];
    }
    for (int i = b.length - 1; i >= 0; i--) {
      b[i] /= factor[i][i];
      for (int k = 0; k < i; k++) {
        b[k] -= factor[i][k] * b[i];
      }
    }
    return b;
  }
}

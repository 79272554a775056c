package io.longcast.anomaly.pattern;

/** Linear equations with a symmetric positive matrix. */
final class NormalEquations {
  private static final double TINY = 1e-12;

  private NormalEquations() {}

  /** The solution; where the matrix is singular, one that leaves the dependent unknowns small. */
  static double[] solve(double[][] matrix, double[] right) {
    int n = right.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] =
            i == j ? Math.sqrt(Math.max(sum, TINY * Math.max(1, matrix[i][i]))) : sum / lower[j][j];
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = right[i];
      for (int k = 0; k < i; k++) {
        sum -= lower[i][k] * solution[k];
      }
      solution[i] = sum / lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = solution[i];
      for (int k = i + 1; k < n; k++) {
        sum -= lower[k][i] * solution[k];
      }
      solution[i] = sum / lower[i][i];
    }
    return solution;
  }
}

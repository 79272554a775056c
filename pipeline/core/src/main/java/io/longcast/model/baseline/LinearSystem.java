package io.longcast.model.baseline;

/** Solves small dense linear systems. */
final class LinearSystem {
  private LinearSystem() {}

  /**
   * Gauss's elimination with row pivoting.
   *
   * @param system {@code [n, n + 1]}, the right side in the last column; overwritten
   */
  static double[] solve(double[][] system) {
    int n = system.length;
    for (int column = 0; column < n; column++) {
      pivot(system, column);
      for (int row = column + 1; row < n; row++) {
        double factor = system[row][column] / system[column][column];
        for (int k = column; k <= n; k++) {
          system[row][k] -= factor * system[column][k];
        }
      }
    }
    double[] solution = new double[n];
    for (int row = n - 1; row >= 0; row--) {
      double sum = system[row][n];
      for (int k = row + 1; k < n; k++) {
        sum -= system[row][k] * solution[k];
      }
      solution[row] = sum / system[row][row];
    }
    return solution;
  }

  private static void pivot(double[][] system, int column) {
    int best = column;
    for (int row = column + 1; row < system.length; row++) {
      if (Math.abs(system[row][column]) > Math.abs(system[best][column])) {
        best = row;
      }
    }
    double[] swap = system[column];
    system[column] = system[best];
    system[best] = swap;
  }
}

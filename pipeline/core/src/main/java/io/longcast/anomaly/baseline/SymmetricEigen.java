package io.longcast.anomaly.baseline;

import java.io.Serializable;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues and vectors of a small symmetric matrix by Jacobi's rotations (1846).
 *
 * @param values largest first
 * @param vectors {@code vectors[k]} belongs to {@code values[k]}, of length 1
 */
record SymmetricEigen(double[] values, double[][] vectors) implements Serializable {
  private static final int SWEEPS = 60;

  static SymmetricEigen of(double[][] matrix) {
    int n = matrix.length;
    double[][] a = new double[n][];
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, p, q);
        }
      }
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -a[i][i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = IntStream.of(order).mapToDouble(i -> a[i][i]).toArray();
    double[][] vectors = IntStream.of(order).mapToObj(i -> v[i]).toArray(double[][]::new);
    return new SymmetricEigen(values, vectors);
  }

  /** Turns rows and columns p and q so that their common element is 0. */
  private static void rotate(double[][] a, double[][] v, int p, int q) {
    if (Math.abs(a[p][q]) < 1e-300) {
      return;
    }
    double angle = 0.5 * Math.atan2(2 * a[p][q], a[p][p] - a[q][q]);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    for (int k = 0; k < a.length; k++) {
      double kp = a[k][p];
      double kq = a[k][q];
      a[k][p] = cos * kp + sin * kq;
      a[k][q] = cos * kq - sin * kp;
    }
    turn(a[p], a[q], cos, sin);
    turn(v[p], v[q], cos, sin);
  }

  private static void turn(double[] one, double[] other, double cos, double sin) {
    for (int k = 0; k < one.length; k++) {
      double first = one[k];
      double second = other[k];
      one[k] = cos * first + sin * second;
      other[k] = cos * second - sin * first;
    }
  }
}

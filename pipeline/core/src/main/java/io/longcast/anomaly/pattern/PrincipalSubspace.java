package io.longcast.anomaly.pattern;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The space of the leading principal axes, by orthogonal iteration: an orthonormal basis of it.
 * Distances within the space do not depend on the basis, so nothing more is needed.
 *
 * @param basis {@code [axes][dimensions]}
 */
record PrincipalSubspace(double[][] basis) {
  private static final int ITERATIONS = 16;
  private static final int ONCE = 1;
  private static final int TWICE = 2;
  private static final double VANISHING = 1e-10;

  /** Of a symmetric positive matrix; the same bits for the same matrix. */
  static PrincipalSubspace of(double[][] matrix, int axes) {
    int n = matrix.length;
    double[][] basis = new double[axes][n];
    SplittableRandom random = new SplittableRandom(n);
    for (double[] axis : basis) {
      Arrays.setAll(axis, i -> random.nextDouble() - .5);
    }
    orthonormalise(basis, ONCE);
    for (int k = 0; k < ITERATIONS; k++) {
      double[][] next = new double[axes][];
      for (int a = 0; a < axes; a++) {
        next[a] = product(matrix, basis[a]);
      }
      orthonormalise(next, k < ITERATIONS - 1 ? ONCE : TWICE);
      basis = next;
    }
    return new PrincipalSubspace(basis);
  }

  private static double[] product(double[][] matrix, double[] vector) {
    double[] result = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      double weight = vector[i];
      double[] row = matrix[i];
      for (int j = 0; j < vector.length; j++) {
        result[j] += weight * row[j];
      }
    }
    return result;
  }

  /**
   * Gram and Schmidt's method, twice to the last bits; a direction that vanishes is replaced by one
   * that is left.
   */
  private static void orthonormalise(double[][] basis, int passes) {
    int spare = 0;
    for (int a = 0; a < basis.length; a++) {
      double before = length(basis[a]);
      clear(basis, a, passes);
      while (!(length(basis[a]) > VANISHING * Math.max(before, Double.MIN_NORMAL))) {
        Arrays.fill(basis[a], 0);
        basis[a][spare++] = 1;
        before = 1;
        clear(basis, a, passes);
      }
      double length = length(basis[a]);
      for (int i = 0; i < basis[a].length; i++) {
        basis[a][i] /= length;
      }
    }
  }

  private static void clear(double[][] basis, int a, int passes) {
    for (int pass = 0; pass < passes; pass++) {
      for (int b = 0; b < a; b++) {
        subtract(basis[a], basis[b]);
      }
    }
  }

  private static void subtract(double[] from, double[] axis) {
    double dot = 0;
    for (int i = 0; i < from.length; i++) {
      dot += from[i] * axis[i];
    }
    for (int i = 0; i < from.length; i++) {
      from[i] -= dot * axis[i];
    }
  }

  private static double length(double[] vector) {
    double sum = 0;
    for (double v : vector) {
      sum += v * v;
    }
    return Math.sqrt(sum);
  }

  /** As a matrix {@code [dimensions, axes]}, row by row. */
  void copyTo(float[] matrix) {
    for (int a = 0; a < basis.length; a++) {
      for (int i = 0; i < basis[a].length; i++) {
        matrix[i * basis.length + a] = (float) basis[a][i];
      }
    }
  }
}

package io.longcast.anomaly.pattern;

import java.util.Arrays;

/**
 * Centres of points by a few steps of Lloyd's algorithm from points spread evenly over time.
 *
 * @param points {@code [centres][axes]}
 */
record Centres(float[][] points) {
  private static final int ITERATIONS = 3;

  /** Farther from everything than any centre, and its square is finite. */
  private static final float FAR = 1e10f;

  /**
   * Of points in the order of time.
   *
   * @param points {@code [points][axes]}
   * @param count centres wanted; as many as points where there are fewer
   */
  static Centres of(PatternKernels kernels, float[][] points, int count) {
    float[][] centres = new float[Math.min(count, points.length)][];
    for (int c = 0; c < centres.length; c++) {
      centres[c] = points[(int) ((long) c * points.length / centres.length)].clone();
    }
    for (int k = 0; k < ITERATIONS; k++) {
      move(kernels, centres, points);
    }
    return new Centres(centres);
  }

  private static void move(PatternKernels kernels, float[][] centres, float[][] points) {
    int axes = points[0].length;
    double[][] sums = new double[centres.length][axes];
    int[] members = new int[centres.length];
    int width = PatternKernels.padded(centres.length);
    float[] columns = new float[axes * width];
    new Centres(centres).copyTo(columns, width);
    for (float[] point : points) {
      int nearest = kernels.nearestColumn(point, columns, width);
      members[nearest]++;
      for (int j = 0; j < axes; j++) {
        sums[nearest][j] += point[j];
      }
    }
    for (int c = 0; c < centres.length; c++) {
      for (int j = 0; j < axes && members[c] > 0; j++) {
        centres[c][j] = (float) (sums[c][j] / members[c]);
      }
    }
  }

  /** As a matrix {@code [axes, columns]}, row by row; columns beyond the centres are far away. */
  void copyTo(float[] matrix, int columns) {
    Arrays.fill(matrix, FAR);
    for (int c = 0; c < points.length; c++) {
      for (int j = 0; j < points[c].length; j++) {
        matrix[j * columns + c] = points[c][j];
      }
    }
  }
}

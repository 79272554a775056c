package io.longcast.anomaly.pattern;

import java.io.Serializable;

/**
 * A linear forecast of the next row from the rows before it, fitted by least squares.
 *
 * @param weights oldest row first, then a constant
 */
record LinearForecast(float[] weights) implements Serializable {
  private static final int ORDER = 32;
  private static final int ROWS = 20_000;
  private static final double RIDGE = 1e-4;

  /** Rows looked at, at most. */
  static int order(int learningRows) {
    return Math.max(2, Math.min(ORDER, learningRows / 4));
  }

  /**
   * Fits the last {@value #ROWS} rows.
   *
   * @param values learning rows
   */
  static LinearForecast of(float[] values, int end) {
    int order = order(end);
    int from = Math.max(0, end - order - ROWS);
    int count = end - order - from;
    if (count < 1) {
      return new LinearForecast(new float[order + 1]);
    }
    double[][] moments = moments(values, from, count, order);
    double[][] matrix = new double[order + 1][order + 1];
    double[] right = new double[order + 1];
    for (int i = 0; i <= order; i++) {
      for (int j = 0; j <= order; j++) {
        matrix[i][j] = i == order ? moments[j][order + 1] : moments[i][j < order ? j : order + 1];
      }
      matrix[i][i] += i < order ? RIDGE * count : 0;
      right[i] = i < order ? moments[i][order] : moments[order][order + 1];
    }
    matrix[order][order] = count;
    double[] solution = NormalEquations.solve(matrix, right);
    float[] weights = new float[order + 1];
    for (int i = 0; i <= order; i++) {
      weights[i] = (float) solution[i];
    }
    return new LinearForecast(weights);
  }

  /**
   * Sums of products of the values so many rows after the start of each window, by the shift of the
   * windows: each element follows from the one before it on the diagonal. Column {@code order + 1}
   * holds sums.
   */
  private static double[][] moments(float[] values, int from, int count, int order) {
    double[][] moments = new double[order + 1][order + 2];
    double[] first = moments[0];
    for (int t = from; t < from + count; t++) {
      double value = values[t];
      for (int j = 0; j <= order; j++) {
        first[j] += value * values[t + j];
      }
      first[order + 1] += value;
    }
    for (int i = 1; i <= order; i++) {
      double leaves = values[from + i - 1];
      double enters = values[from + count + i - 1];
      for (int j = i; j <= order; j++) {
        double gone = leaves * values[from + j - 1];
        double come = enters * values[from + count + j - 1];
        moments[i][j] = moments[i - 1][j - 1] - gone + come;
      }
      moments[i][order + 1] = moments[i - 1][order + 1] - leaves + enters;
    }
    for (int i = 0; i <= order; i++) {
      for (int j = 0; j < i; j++) {
        moments[i][j] = moments[j][i];
      }
    }
    return moments;
  }

  /**
   * The forecast of the row after {@code values[at]}.
   *
   * @param at place of the last row
   */
  float next(float[] values, int at) {
    int order = weights.length - 1;
    int first = at - order + 1;
    float even = weights[order];
    float odd = 0;
    for (int k = 0; k + 1 < order; k += 2) {
      even += weights[k] * values[first + k];
      odd += weights[k + 1] * values[first + k + 1];
    }
    if (order % 2 == 1) {
      even += weights[order - 1] * values[at];
    }
    return even + odd;
  }
}

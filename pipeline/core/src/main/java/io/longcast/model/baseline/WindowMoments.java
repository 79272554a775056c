package io.longcast.model.baseline;

/**
 * First and second moments of all windows of some rows: sums over windows of {@code w_i} and {@code
 * w_i w_j}, {@code i, j} in {@code [0, length)}.
 *
 * <p>Neighbouring windows share all but two values, so that {@code sum[i+1][j+1]} is {@code
 * sum[i][j]} less the first window's product and plus the last one's: one pass over the row a lag,
 * however long the windows are.
 */
final class WindowMoments {
  private final int length;
  private final double[] sums;
  private final double[][] products;
  private long windows;

  /**
   * @param length steps of a window, at least 1
   */
  WindowMoments(int length) {
    this.length = length;
    sums = new double[length];
    products = new double[length][length];
  }

  /** Adds all windows of a row; none if it is shorter than one. */
  void add(float[] row, int end) {
    int count = end - length + 1;
    if (count < 1) {
      return;
    }
    windows += count;
    addSums(row, count);
    for (int lag = 0; lag < length; lag++) {
      addLag(row, count, lag);
    }
  }

  private void addSums(float[] row, int count) {
    double sum = 0;
    for (int s = 0; s < count; s++) {
      sum += row[s];
    }
    for (int i = 0; i < length; i++) {
      sums[i] += sum;
      sum += i + 1 < length ? (double) row[i + count] - row[i] : 0;
    }
  }

  private void addLag(float[] row, int count, int lag) {
    double sum = 0;
    for (int s = 0; s < count; s++) {
      sum += (double) row[s] * row[s + lag];
    }
    for (int i = 0; i + lag < length; i++) {
      products[i][i + lag] += sum;
      if (i + lag + 1 < length) {
        sum += (double) row[i + count] * row[i + count + lag] - (double) row[i] * row[i + lag];
      }
    }
  }

  /** Windows counted. */
  long windows() {
    return windows;
  }

  /** Mean of position {@code i}. */
  double mean(int i) {
    return sums[i] / windows;
  }

  /** Mean of the product of positions {@code i} and {@code j}. */
  double product(int i, int j) {
    return products[Math.min(i, j)][Math.max(i, j)] / windows;
  }
}

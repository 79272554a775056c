package io.longcast.model.zero.network;

/** Changes of a series against one season ago, as running sums; reusable. */
final class SeasonalChange {
  private final double[] sums;
  private final double[] absolutes;
  private final int[] counts;
  private int lag;

  SeasonalChange(int maxLength) {
    sums = new double[maxLength + 1];
    absolutes = new double[maxLength + 1];
    counts = new int[maxLength + 1];
  }

  /**
   * @param x values without gaps
   * @param start first observed step
   * @param lag steps, 0 for no season
   */
  void scan(double[] x, boolean[] observed, int length, int start, int lag) {
    this.lag = lag;
    for (int t = 0; t < length; t++) {
      boolean known = lag > 0 && t - lag >= start && observed[t];
      double change = known ? x[t] - x[t - lag] : 0;
      sums[t + 1] = sums[t] + change;
      absolutes[t + 1] = absolutes[t] + Math.abs(change);
      counts[t + 1] = counts[t] + (known ? 1 : 0);
    }
  }

  int lag() {
    return lag;
  }

  /** Changes known before {@code end}. */
  int count(int end) {
    return counts[end];
  }

  boolean isKnown(int end) {
    return counts[end] > 0;
  }

  /** Mean absolute change before {@code end}. */
  double meanAbsolute(int end) {
    return absolutes[end] / Math.max(1, counts[end]);
  }

  /** Mean change over the newest values, at most 48 of them and one season, at least 8. */
  double newest(int end) {
    int from = Math.max(0, end - Math.min(ZeroShape.BLOCK, Math.max(8, lag)));
    return isKnown(end) ? (sums[end] - sums[from]) / Math.max(1, counts[end] - counts[from]) : 0;
  }
}

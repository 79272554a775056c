package io.longcast.model.zero.network;

/** Count, mean and deviation of the observed values of any stretch, by running sums; reusable. */
final class RunningMoments {
  private final int[] counts;
  private final double[] sums;
  private final double[] squares;
  private int from;
  private int to;

  RunningMoments(int maxLength) {
    counts = new int[maxLength + 1];
    sums = new double[maxLength + 1];
    squares = new double[maxLength + 1];
  }

  void scan(double[] x, boolean[] observed, int length) {
    for (int t = 0; t < length; t++) {
      double v = observed[t] ? x[t] : 0;
      counts[t + 1] = counts[t] + (observed[t] ? 1 : 0);
      sums[t + 1] = sums[t] + v;
      squares[t + 1] = squares[t] + v * v;
    }
  }

  /** Looks at the {@code width} values before {@code end}. */
  RunningMoments before(int end, int width) {
    to = end;
    from = Math.max(0, end - width);
    return this;
  }

  int count() {
    return counts[to] - counts[from];
  }

  /** 0 where nothing was observed. */
  double mean() {
    return (sums[to] - sums[from]) / Math.max(1, count());
  }

  double deviation() {
    double mean = mean();
    double variance = (squares[to] - squares[from]) / Math.max(1, count()) - mean * mean;
    return Math.sqrt(Math.max(0, variance));
  }
}

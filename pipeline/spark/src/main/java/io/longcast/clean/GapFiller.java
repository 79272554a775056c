package io.longcast.clean;

/**
 * Puts values in place of absent ones (NaN). Nothing looks ahead but {@code linear}, and the first
 * value, which also fills the steps before it.
 */
final class GapFiller {
  private final CleanSpec.Gaps policy;
  private final int limit;
  private final int period;

  /**
   * @param policy what to fill in
   * @param limit longest gap, in steps, the policy fills; longer ones hold the last value
   * @param period steps of a season
   */
  GapFiller(CleanSpec.Gaps policy, int limit, int period) {
    this.policy = policy;
    this.limit = limit;
    this.period = period;
  }

  /** A filler that holds the last value. */
  static GapFiller holding() {
    return new GapFiller(CleanSpec.Gaps.HOLD, 0, 1);
  }

  /** Fills every NaN of {@code values}; a row without any value becomes zero. */
  void fill(double[] values) {
    int at = 0;
    while (at < values.length) {
      if (!Double.isNaN(values[at])) {
        at++;
        continue;
      }
      int end = at;
      while (end < values.length && Double.isNaN(values[end])) {
        end++;
      }
      fillGap(values, at, end);
      at = end;
    }
  }

  private void fillGap(double[] values, int from, int to) {
    boolean first = from == 0;
    if (first || to - from > limit) {
      double held = !first ? values[from - 1] : to < values.length ? values[to] : 0;
      java.util.Arrays.fill(values, from, to, held);
      return;
    }
    for (int i = from; i < to; i++) {
      values[i] = value(values, from, to, i);
    }
  }

  private double value(double[] values, int from, int to, int i) {
    double last = values[from - 1];
    return switch (policy) {
      case LEAVE, HOLD -> last;
      case LINEAR -> to == values.length ? last : between(last, values[to], from - 1, to, i);
      case SEASONAL -> i >= period ? values[i - period] : last;
    };
  }

  private static double between(double left, double right, int from, int to, int i) {
    double share = (double) (i - from) / (to - from);
    return left + share * (right - left);
  }
}

package io.longcast.model.zero;

import io.longcast.model.zero.network.ZeroShape;
import java.util.List;

/** Quantile losses of several views of one series on its newest known values. */
final class PastLosses {
  private static final int LEVELS = ZeroShape.LEVEL_COUNT;

  /** Values that each view must have forecast for the losses to count. */
  private static final int LEAST_VALUES = 32;

  private final List<ZeroView> views;
  private final double[] sums;
  private final int[] counts;

  PastLosses(List<ZeroView> views) {
    this.views = views;
    sums = new double[views.size()];
    counts = new int[views.size()];
  }

  /** Adds a value that a view had forecast by nine quantiles. */
  void add(int view, double value, double[] quantiles, int from) {
    for (int q = 0; q < LEVELS; q++) {
      double error = value - quantiles[from + q];
      double level = (q + 1) / 10.0;
      sums[view] += Math.max(level * error, (level - 1) * error);
    }
    counts[view]++;
  }

  /**
   * Weights of the views, sum 1: their shares over the squares of their mean losses; the shares
   * alone where too few values were known.
   */
  double[] weights() {
    double[] weights = new double[sums.length];
    boolean known = true;
    for (int v = 0; v < sums.length; v++) {
      known &= counts[v] >= LEAST_VALUES && sums[v] > 0;
    }
    double total = 0;
    for (int v = 0; v < sums.length; v++) {
      double precision = known ? counts[v] / sums[v] : 1;
      weights[v] = views.get(v).share() * precision * precision;
      total += weights[v];
    }
    for (int v = 0; v < sums.length; v++) {
      weights[v] /= total;
    }
    return weights;
  }
}

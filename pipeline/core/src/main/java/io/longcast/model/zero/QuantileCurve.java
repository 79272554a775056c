package io.longcast.model.zero;

import io.longcast.model.zero.network.ZeroShape;
import io.longcast.series.NormalDistribution;
import java.util.List;

/**
 * Quantiles of any level from the nine of the network: between two of them linear in the normal
 * deviate of the level, beyond the outer ones in proportion to it.
 */
final class QuantileCurve {
  private static final int LAST = ZeroShape.LEVEL_COUNT - 1;

  private final int[] lower;
  private final double[] share;
  private final double[] beyond;

  QuantileCurve(List<Double> levels) {
    lower = new int[levels.size()];
    share = new double[levels.size()];
    beyond = new double[levels.size()];
    for (int q = 0; q < lower.length; q++) {
      double level = levels.get(q);
      double deviate = NormalDistribution.quantile(level);
      int below = (int) Math.max(0, Math.min(LAST - 1, Math.floor(10 * level + 1e-9) - 1));
      double from = deviate(below);
      double to = deviate(below + 1);
      lower[q] = below;
      share[q] = Math.max(0, Math.min(1, (deviate - from) / (to - from)));
      beyond[q] = Math.max(1, Math.abs(deviate / deviate(0)));
    }
  }

  private static double deviate(int index) {
    return NormalDistribution.quantile(ZeroShape.LEVELS.get(index));
  }

  /** The quantile of the {@code q}th level from nine that ascend. */
  double at(int q, double[] nine, int from) {
    double low = nine[from + lower[q]];
    double inside = low + share[q] * (nine[from + lower[q] + 1] - low);
    double median = nine[from + ZeroShape.MEDIAN];
    return median + beyond[q] * (inside - median);
  }
}

package io.longcast.model.network.loss;

import io.longcast.model.ModelOutput;
import io.longcast.series.NormalDistribution;
import java.util.List;

/**
 * Quantiles that cannot cross: each lies a positive gap further from the point than its neighbour.
 * The point is the median, which it is under MAE, so every interval contains it.
 *
 * <p>A gap is {@code (a + sqrt(a^2 + 0.01)) / 2} of its output {@code a}: positive, smooth, cheap,
 * and as fast to learn as a linear output once it is wider than a tenth of the spread. The loss is
 * twice the pinball loss (Koenker and Bassett 1978), averaged over the levels.
 */
final class QuantileGaps {
  private static final double INITIAL_SPREAD = 0.3;
  private static final double BEND = 0.01;

  private final List<Double> levels;
  private final float[] gapLevels;
  private final int below;
  private final float weight;
  private final boolean movesPoint;
  private final double[] found;

  /** The square root in each gap, which its slope needs again. */
  private final double[] roots;

  QuantileGaps(ModelOutput output) {
    levels = output.quantileLevels();
    below = (int) levels.stream().filter(level -> level < 0.5).count();
    List<Double> outer = levels.stream().filter(level -> level != 0.5).toList();
    gapLevels = new float[outer.size()];
    for (int g = 0; g < gapLevels.length; g++) {
      gapLevels[g] = outer.get(g).floatValue();
    }
    weight = (float) (2 * output.quantileWeight() / Math.max(1, gapLevels.length));
    movesPoint = output.shareTrunk();
    found = new double[gapLevels.length];
    roots = new double[gapLevels.length];
  }

  int count() {
    return gapLevels.length;
  }

  boolean movesPoint() {
    return movesPoint;
  }

  List<Double> levels() {
    return levels;
  }

  /** The output whose gap is that of a normal distribution of a common spread. */
  float initial(int g) {
    double neighbour = g == below - 1 || g == below ? 0.5 : gapLevels[g < below ? g + 1 : g - 1];
    double distance =
        NormalDistribution.quantile(neighbour) - NormalDistribution.quantile(gapLevels[g]);
    double gap = INITIAL_SPREAD * Math.abs(distance);
    return (float) (gap - BEND / (4 * gap));
  }

  private double gap(int g, double a) {
    roots[g] = Math.sqrt(a * a + BEND);
    return 0.5 * (a + roots[g]);
  }

  private void spread(double point, float[] extra, int from) {
    double low = point;
    for (int g = below - 1; g >= 0; g--) {
      low -= gap(g, extra[from + g]);
      found[g] = low;
    }
    double high = point;
    for (int g = below; g < found.length; g++) {
      high += gap(g, extra[from + g]);
      found[g] = high;
    }
  }

  /** Quantiles of one output, the point itself at level one half. */
  void quantiles(double point, float[] extra, int from, double[] into) {
    spread(point, extra, from);
    int g = 0;
    for (int q = 0; q < levels.size(); q++) {
      into[q] = levels.get(q) == 0.5 ? point : found[g++];
    }
  }

  /** The summed loss; gradients of the gaps, and of the point where the trunk is shared. */
  double sum(Outputs out, int n, float scale) {
    double sum = 0;
    for (int at = 0; at < n; at++) {
      int from = at * found.length;
      spread(out.point[at], out.extra, from);
      sum += out.weight[at] * one(out, at, from, out.weight[at] * scale * weight);
    }
    return sum * weight;
  }

  private double one(Outputs out, int at, int from, float scale) {
    double loss = 0;
    double target = out.target[at];
    float pull = 0;
    for (int g = 0; g < below; g++) {
      loss += pinball(target - found[g], gapLevels[g]);
      pull += slope(target - found[g], gapLevels[g]);
      out.dExtra[from + g] = -scale * pull * gapSlope(g, out.extra[from + g]);
    }
    float push = 0;
    for (int g = found.length - 1; g >= below; g--) {
      loss += pinball(target - found[g], gapLevels[g]);
      push += slope(target - found[g], gapLevels[g]);
      out.dExtra[from + g] = scale * push * gapSlope(g, out.extra[from + g]);
    }
    if (movesPoint) {
      out.dPoint[at] += scale * (pull + push);
    }
    return loss;
  }

  private float gapSlope(int g, float a) {
    return (float) (0.5 * (1 + a / roots[g]));
  }

  private static double pinball(double residual, float level) {
    return Math.max(level * residual, (level - 1) * residual);
  }

  /** Derivative of the pinball loss by the quantile. */
  private static float slope(double residual, float level) {
    return (residual < 0 ? 1 : 0) - level;
  }
}

package io.longcast.anomaly.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Probability that a residual measure exceeds a value: the empirical distribution below a high
 * quantile {@code u}, a generalised Pareto tail above it (peaks over threshold; Pickands 1975,
 * fitted by probability-weighted moments, Hosking and Wallis 1987).
 *
 * <p>With too few values for a tail the empirical distribution is closed by an exponential tail, so
 * that a probability is never 0 and larger values are always less probable.
 *
 * @param levels probabilities of exceedance on a grid, descending
 * @param values the values that are exceeded with those probabilities, ascending
 * @param tailShare probability of exceeding {@code u}
 * @param u where the tail starts
 * @param scale of the tail, above 0
 * @param shape of the tail, in [-0.3, 0.5]
 * @param count values behind the fit
 */
public record TailModel(
    List<Double> levels,
    List<Double> values,
    double tailShare,
    double u,
    double scale,
    double shape,
    long count)
    implements Serializable {
  /** Share of the values that the tail is fitted on: the most extreme ones that are enough. */
  private static final double MOST_TAIL = .1;

  private static final double LEAST_TAIL = .02;
  private static final double ENOUGH = 500;
  private static final int GRID = 64;
  private static final int LEAST = 200;

  /** Probability of one value beyond the furthest if all are normal and the tail is exponential. */
  private static final double CHANCE = .05;

  /** How much wider than an exponential a normal tail may be. */
  private static final double SLACK = 1.5;

  public TailModel {
    levels = List.copyOf(levels);
    values = List.copyOf(values);
  }

  /** The model of a state; an empty state gives one that calls nothing unusual. */
  public static TailModel fit(TailState state) {
    if (state.count() == 0) {
      return new TailModel(List.of(1.0), List.of(0.0), 1, Double.MAX_VALUE, 1, 0, 0);
    }
    return of(state, false);
  }

  /**
   * The model of events among rows: probability that a row is the peak of one that exceeds a value.
   * Where none was seen, one in all the rows would be the first. Peaks beyond what the middle of
   * the tail makes plausible for their number are taken for faults among the learning rows and are
   * excluded from the fit.
   *
   * @param peaks of the events, at most one a row
   * @param rows among which they were seen
   */
  public static TailModel ofEvents(TailState peaks, long rows) {
    if (rows == 0) {
      return fit(peaks);
    }
    if (peaks.count() == 0) {
      double once = 1.0 / (rows + 1);
      return new TailModel(List.of(once), List.of(0.0), once, 0, 1, 0, 1);
    }
    TailModel each = of(peaks, true);
    double rate = peaks.count() / (double) rows;
    return new TailModel(
        each.levels.stream().map(level -> level * rate).toList(),
        each.values,
        each.tailShare * rate,
        each.u,
        each.scale,
        each.shape,
        each.count);
  }

  private static TailModel of(TailState state, boolean robust) {
    double share = clamp(ENOUGH / state.count(), LEAST_TAIL, MOST_TAIL);
    List<Double> levels = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i <= GRID; i++) {
      double level = 1 - (1 - share) * i / GRID;
      levels.add(level);
      values.add(state.quantile(1 - level));
    }
    double u = state.quantile(1 - share);
    return tail(state, levels, values, u, robust ? furthest(state, u) : Double.MAX_VALUE);
  }

  /** Upper end of a tail as wide as its middle. */
  private static double furthest(TailState state, double u) {
    long above = state.above(u);
    double middle = state.quantile(1 - above / 2.0 / state.count()) - u;
    if (above == 0 || middle <= 0) {
      return Double.MAX_VALUE;
    }
    return u + SLACK * middle / Math.log(2) * Math.log(above / CHANCE);
  }

  private static TailModel tail(
      TailState state, List<Double> levels, List<Double> values, double u, double most) {
    long above = 0;
    double mean = 0;
    double weighted = 0;
    for (int b = TailState.BINS - 1; b >= 0 && TailState.edge(b) > u; b--) {
      long here = TailState.edge(b) > most ? 0 : state.inBin(b);
      double excess = Math.max(0, TailState.middle(b) - u);
      mean += here * excess;
      weighted += here * excess * (above + (here - 1) / 2.0);
      above += here;
    }
    double share = (double) above / state.count();
    if (above == 0) {
      return new TailModel(
          levels, values, 1.0 / state.count(), u, Math.max(u, 1e-6), 0, state.count());
    }
    mean /= above;
    weighted /= (double) above * Math.max(1, above - 1);
    double shape = above < LEAST ? 0 : clamp(2 - mean / (mean - 2 * weighted), -.3, .5);
    double scale = Math.max(1e-9, mean * (1 - shape));
    return new TailModel(levels, values, share, u, scale, shape, state.count());
  }

  private static double clamp(double value, double low, double high) {
    return Double.isNaN(value) ? 0 : Math.max(low, Math.min(high, value));
  }

  /** Probability that a normal value exceeds {@code value}, in (0, 1]. */
  public double exceedance(double value) {
    if (count == 0 || value <= values.get(0)) {
      return 1;
    }
    return value > u ? tailShare * beyond(value - u) : below(value);
  }

  private double beyond(double excess) {
    if (Math.abs(shape) < 1e-6) {
      return Math.exp(-excess / scale);
    }
    double base = Math.max(1e-12, 1 + shape * excess / scale);
    return Math.max(Double.MIN_NORMAL, Math.pow(base, -1 / shape));
  }

  private double below(double value) {
    int low = 0;
    int high = values.size() - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (values.get(middle) <= value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double span = values.get(high) - values.get(low);
    double part = span > 0 ? (value - values.get(low)) / span : 0;
    double level = levels.get(low) + part * (levels.get(high) - levels.get(low));
    return Math.max(tailShare, Math.min(1, level));
  }

  /** The value that is exceeded with a probability; the inverse of {@link #exceedance}. */
  public double threshold(double probability) {
    double low = 0;
    double high = Math.max(1, u);
    while (exceedance(high) > probability && high < 1e12) {
      high *= 2;
    }
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if (exceedance(middle) > probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}

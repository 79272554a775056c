package io.longcast.drift;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/**
 * The distribution of one channel of one series in the training data, and how much single windows
 * of them differed from it.
 *
 * @param edges deciles, ascending, 9; of observed values
 * @param shares of the observed values in the intervals that the edges bound, 10; a value on an
 *     edge counts below it
 * @param spread interquartile range
 * @param season correlation with the values one season before; NaN without a season
 * @param missing share of steps without an observed value
 * @param values observed
 * @param usual the most extreme figures of any window
 */
record ChannelProfile(
    List<Double> edges,
    List<Double> shares,
    double spread,
    double season,
    double missing,
    long values,
    Figures usual)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BINS = 10;

  ChannelProfile {
    edges = List.copyOf(edges);
    shares = List.copyOf(shares);
  }

  /**
   * What is measured of a window.
   *
   * @param stability population stability index, at least 0
   * @param shift of the median in interquartile ranges; the size of it where it is usual
   * @param season correlation with the values one season before; NaN without one
   * @param missing share of steps without an observed value
   * @param values observed
   */
  record Figures(double stability, double shift, double season, double missing, long values)
      implements Serializable {
    private static final long serialVersionUID = 1L;
    static final Figures NONE = new Figures(0, 0, Double.NaN, 0, 0);

    /** The more extreme of each. */
    Figures and(Figures other) {
      return new Figures(
          Math.max(stability, other.stability),
          Math.max(shift, Math.abs(other.shift)),
          Double.isNaN(season) ? other.season : Math.min(season, nanToOne(other.season)),
          Math.max(missing, other.missing),
          values + other.values);
    }

    private static double nanToOne(double value) {
      return Double.isNaN(value) ? 1 : value;
    }
  }

  /**
   * Profiles a channel.
   *
   * @param values one a step, NaN where nothing was observed
   * @param window steps of a window
   * @param season steps of a season, 1 for none
   * @param minValues observed values of a window that counts
   */
  static ChannelProfile of(double[] values, int window, int season, int minValues) {
    double[] sorted = observed(values, 0, values.length);
    Arrays.sort(sorted);
    ChannelProfile all = ofSorted(sorted, values.length, correlation(values, 0, season));
    Figures usual = Figures.NONE;
    for (int to = values.length; sorted.length > 0 && to - window >= 0; to -= window) {
      Figures figures = all.figures(values, to - window, to, season);
      usual = figures.values() >= minValues ? usual.and(figures) : usual;
    }
    return new ChannelProfile(
        all.edges, all.shares, all.spread, all.season, all.missing, all.values, usual);
  }

  private static ChannelProfile ofSorted(double[] sorted, int steps, double season) {
    Double[] edges = new Double[BINS - 1];
    for (int bin = 1; bin < BINS; bin++) {
      edges[bin - 1] = sorted.length == 0 ? 0.0 : quantile(sorted, bin / (double) BINS);
    }
    List<Double> list = List.of(edges);
    double spread = sorted.length == 0 ? 0 : quantile(sorted, .75) - quantile(sorted, .25);
    return new ChannelProfile(
        list,
        shares(sorted, list),
        spread,
        season,
        1 - sorted.length / (double) Math.max(1, steps),
        sorted.length,
        Figures.NONE);
  }

  /** The figures of the steps {@code [from, to)}; values as in {@link #of}. */
  Figures figures(double[] values, int from, int to, int season) {
    double[] recent = observed(values, from, to);
    Arrays.sort(recent);
    double missing = 1 - recent.length / (double) Math.max(1, to - from);
    if (recent.length == 0 || this.values == 0) {
      return new Figures(0, 0, Double.NaN, missing, recent.length);
    }
    double median = quantile(recent, .5) - edges.get(BINS / 2 - 1);
    double scale = Math.max(spread, Math.abs(edges.get(BINS / 2 - 1)) * 1e-6);
    return new Figures(
        stability(shares(recent, edges), recent.length),
        median == 0 ? 0 : median / Math.max(scale, Double.MIN_NORMAL),
        correlation(Arrays.copyOfRange(values, Math.max(0, from - season), to), season, season),
        missing,
        recent.length);
  }

  /** Sum of (share - reference) ln(share / reference); an empty bin counts as half a value. */
  private double stability(List<Double> recent, long count) {
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      double now = Math.max(recent.get(bin), .5 / count);
      double then = Math.max(shares.get(bin), .5 / values);
      sum += (now - then) * Math.log(now / then);
    }
    return sum;
  }

  private static List<Double> shares(double[] sorted, List<Double> edges) {
    double[] counts = new double[BINS];
    int bin = 0;
    for (double value : sorted) {
      while (bin < BINS - 1 && value > edges.get(bin)) {
        bin++;
      }
      counts[bin]++;
    }
    return Arrays.stream(counts).map(count -> count / Math.max(1, sorted.length)).boxed().toList();
  }

  private static double quantile(double[] sorted, double level) {
    double at = level * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  private static double[] observed(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).filter(value -> !Double.isNaN(value)).toArray();
  }

  /** Of the values from a step on with those one season before; NaN without enough of them. */
  private static double correlation(double[] values, int from, int season) {
    double[] now = new double[values.length];
    double[] then = new double[values.length];
    int n = 0;
    for (int t = Math.max(from, season); season > 1 && t < values.length; t++) {
      if (!Double.isNaN(values[t]) && !Double.isNaN(values[t - season])) {
        now[n] = values[t];
        then[n++] = values[t - season];
      }
    }
    return n < season
        ? Double.NaN
        : new PearsonsCorrelation().correlation(Arrays.copyOf(now, n), Arrays.copyOf(then, n));
  }
}

package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import io.longcast.window.WindowBatch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A multiplicative correction of quantile forecasts: each quantile's distance from the median is
 * multiplied by the factor of its level.
 *
 * <p>The factor of a level is the split-conformal quantile of {@code (y - median) / (q - median)}
 * over the calibration windows (Romano, Patterson, Candes 2019, with a multiplicative score), so
 * that the share of values beyond the corrected quantile is the one the level names. Pooled over
 * series and steps, and for a group of series by itself where the pooled one leaves its coverage
 * off: a factor per step or an additive term made the intervals worse in trials.
 *
 * <p>In rolling use the logarithm of each factor then follows what comes (Angelopoulos, Candes and
 * Tibshirani 2023, quantile tracking, after Gibbs and Candes 2021): it moves by {@code rate *
 * (share beyond - tail)} an origin, between bounds, so that over many origins the share beyond
 * tends to the tail whatever the values do.
 *
 * @param levels quantile levels, ascending
 * @param factors one a level, 1 where nothing is corrected
 * @param counts calibration values behind each factor
 * @param groups factors of the groups that have their own, by name, one a level
 * @param coverage what was measured by step and by group of series before the correction
 * @param adapted what rolling use has added to the logarithm of each level's factor; empty for
 *     nothing
 */
public record IntervalCalibration(
    List<Double> levels,
    List<Double> factors,
    List<Long> counts,
    Map<String, List<Double>> groups,
    List<Coverage> coverage,
    List<Double> adapted)
    implements Serializable {

  /** Rolling use changes a factor by no more than this many times, up or down. */
  private static final double MOST_ADAPTED = Math.log(8);

  public IntervalCalibration {
    levels = List.copyOf(levels);
    factors = List.copyOf(factors);
    counts = List.copyOf(counts);
    // Absent in bundles of before there were groups.
    groups = groups == null ? new TreeMap<>() : new TreeMap<>(groups);
    coverage = coverage == null ? List.of() : List.copyOf(coverage);
    adapted = adapted == null ? List.of() : List.copyOf(adapted);
    if (factors.size() != levels.size() || counts.size() != levels.size()) {
      throw new IllegalArgumentException(
          "a calibration needs one factor and one count a level, levels = "
              + levels.size()
              + ", factors = "
              + factors.size()
              + ", counts = "
              + counts.size());
    }
  }

  /** The same factors for all series. */
  public IntervalCalibration(List<Double> levels, List<Double> factors, List<Long> counts) {
    this(levels, factors, counts, Map.of(), List.of(), List.of());
  }

  /** No correction. */
  public static IntervalCalibration none(List<Double> levels) {
    Double[] ones = new Double[levels.size()];
    Long[] zeros = new Long[levels.size()];
    Arrays.fill(ones, 1.0);
    Arrays.fill(zeros, 0L);
    return new IntervalCalibration(levels, List.of(ones), List.of(zeros));
  }

  /** Whether any level of any group is corrected. */
  public boolean corrects() {
    return !groups.isEmpty()
        || factors.stream().anyMatch(factor -> factor != 1.0)
        || adapted.stream().anyMatch(shift -> shift != 0.0);
  }

  /**
   * The correction after one more origin has become known.
   *
   * @param seen coverage of the uncorrected forecasts of that origin
   * @param rate how far the logarithm of a factor moves when all values lie beyond, at least 0
   */
  public IntervalCalibration adapted(CalibrationState seen, double rate) {
    if (seen.total() == 0 || rate == 0) {
      return this;
    }
    List<Double> shifts = new ArrayList<>();
    for (int q = 0; q < levels.size(); q++) {
      double tail = Math.min(levels.get(q), 1 - levels.get(q));
      double beyond = seen.shareBeyond(q, this);
      double off = levels.get(q) == .5 || Double.isNaN(beyond) ? 0 : beyond - tail;
      double shift = (adapted.isEmpty() ? 0 : adapted.get(q)) + rate * off;
      shifts.add(Math.max(-MOST_ADAPTED, Math.min(MOST_ADAPTED, shift)));
    }
    return new IntervalCalibration(levels, factors, counts, groups, coverage, shifts);
  }

  /** The same with what rolling use has added elsewhere. */
  public IntervalCalibration adaptedAs(IntervalCalibration other) {
    return new IntervalCalibration(levels, factors, counts, groups, coverage, other.adapted);
  }

  /** The factor of each level for all series without their own. */
  List<Double> standing() {
    return java.util.stream.IntStream.range(0, levels.size())
        .mapToObj(q -> Math.round(1e3 * factor("", q)) / 1e3)
        .toList();
  }

  /** The factor of level index {@code q} for a group of series. */
  double factor(String group, int q) {
    double factor = groups.getOrDefault(group, factors).get(q);
    return adapted.isEmpty() ? factor : factor * Math.exp(adapted.get(q));
  }

  /** The group of window {@code i}: its stratum, or, for a regular window, its channel. */
  static String group(WindowBatch windows, int i) {
    WindowStratum odd = WindowStratum.first(windows, i);
    return odd == WindowStratum.REGULAR ? "channel " + windows.channel(i) : odd.word();
  }

  /** Corrects the quantiles of a batch in place and keeps them ascending. */
  public void apply(WindowBatch windows, ForecastBatch forecasts) {
    if (!corrects()) {
      return;
    }
    int median = medianIndex();
    double[] pooled = factorsOf("");
    int count = levels.size();
    float[] quantiles = forecasts.quantiles();
    for (int i = 0; i < windows.size(); i++) {
      double[] own = groups.isEmpty() ? pooled : factorsOf(group(windows, i));
      for (int t = 0; t < forecasts.wanted(); t++) {
        int at = (i * forecasts.horizon() + t) * count;
        correct(quantiles, at, quantiles[at + median], own);
      }
    }
  }

  private double[] factorsOf(String group) {
    double[] own = new double[levels.size()];
    for (int q = 0; q < own.length; q++) {
      own[q] = factor(group, q);
    }
    return own;
  }

  private static void correct(float[] quantiles, int from, float middle, double[] factors) {
    for (int q = 0; q < factors.length; q++) {
      double distance = (quantiles[from + q] - middle) * factors[q];
      quantiles[from + q] = (float) (middle + distance);
    }
    Arrays.sort(quantiles, from, from + factors.length);
  }

  private int medianIndex() {
    int median = levels.indexOf(.5);
    if (median < 0) {
      throw new IllegalStateException("a calibration needs the level .5, found " + levels);
    }
    return median;
  }
}

package io.longcast.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts behind the metrics of one central prediction interval; mergeable. The interval of level c
 * lies between the quantiles (1 - c) / 2 and (1 + c) / 2.
 *
 * <ul>
 *   <li>{@code coverage_NN}: share of the values inside, bounds included; also by step, and as the
 *       mean coverage of the worst twentieth of the series ({@code coverage_NN_worst_twentieth});
 *   <li>{@code msis_NN}: per window the mean of (u - l) + 2/a (l - y)⁺ + 2/a (y - u)⁺, a = 1 - c,
 *       over the seasonal naive's in-sample mean absolute error, then the mean over windows (M4
 *       competitor's guide).
 * </ul>
 */
public final class IntervalScores implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int percent;
  private final int lower;
  private final int upper;
  private final int levels;
  private final long[] inside;
  private final long[] values;
  private final SeriesCoverage series = new SeriesCoverage();
  private double scaled;
  private long windows;

  /**
   * @param levels all quantile levels of the forecasts
   * @param lower index of the lower bound's level
   * @param upper index of the upper bound's level
   * @param horizon steps
   */
  IntervalScores(List<Double> levels, int lower, int upper, int horizon) {
    this.percent = (int) Math.round(100 * (levels.get(upper) - levels.get(lower)));
    this.lower = lower;
    this.upper = upper;
    this.levels = levels.size();
    inside = new long[horizon];
    values = new long[horizon];
  }

  /** All central intervals that a list of levels holds, narrowest first. */
  static List<IntervalScores> central(List<Double> levels, int horizon) {
    List<IntervalScores> intervals = new ArrayList<>();
    for (int low = levels.size() / 2; low >= 0; low--) {
      for (int high = low + 1; high < levels.size(); high++) {
        if (Math.abs(levels.get(low) + levels.get(high) - 1) < 1e-9) {
          intervals.add(new IntervalScores(levels, low, high, horizon));
        }
      }
    }
    return intervals;
  }

  void add(String seriesId, WindowForecast window) {
    double penalty = 0;
    int covered = 0;
    int steps = 0;
    for (int t = 0; t < window.horizon(); t++) {
      if (window.counts(t)) {
        double low = window.quantiles()[t * levels + lower];
        double high = window.quantiles()[t * levels + upper];
        double miss = Math.max(0, Math.max(low - window.actual()[t], window.actual()[t] - high));
        penalty += high - low + 2 / (1 - percent / 100.0) * miss;
        int hit = miss > 0 ? 0 : 1;
        inside[t] += hit;
        values[t]++;
        covered += hit;
        steps++;
      }
    }
    series.add(seriesId, covered, steps);
    if (steps > 0 && window.scale().absolute() > 0) {
      scaled += penalty / steps / window.scale().absolute();
      windows++;
    }
  }

  void merge(IntervalScores other) {
    for (int t = 0; t < inside.length; t++) {
      inside[t] += other.inside[t];
      values[t] += other.values[t];
    }
    series.merge(other.series);
    scaled += other.scaled;
    windows += other.windows;
  }

  /** Nominal coverage in percent, such as 95. */
  public int percent() {
    return percent;
  }

  /** Share of values inside. */
  public Metric coverage() {
    long count = Arrays.stream(values).sum();
    return Metric.mean("coverage_" + percent, Arrays.stream(inside).sum(), count);
  }

  /** Share of values inside at each step, first step first. */
  public List<Metric> coverageByStep() {
    List<Metric> steps = new ArrayList<>();
    for (int t = 0; t < inside.length; t++) {
      steps.add(Metric.mean("coverage_" + percent + "_step_" + (t + 1), inside[t], values[t]));
    }
    return steps;
  }

  /** Coverage, mean scaled interval score and the worst twentieth of the series. */
  public List<Metric> metrics() {
    return List.of(
        coverage(),
        Metric.mean("msis_" + percent, scaled, windows),
        series.worstTwentieth("coverage_" + percent + "_worst_twentieth"));
  }
}

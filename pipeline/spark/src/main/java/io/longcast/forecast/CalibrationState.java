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
 * Coverage of each quantile level on windows with known targets, as a mergeable state of fixed
 * size: overall, by step, and by group. The group of a window is its stratum ({@link
 * WindowStratum}), or, for a regular window, its channel.
 *
 * <p>Merging is associative and commutative to the bit, because only whole counts are added.
 */
public final class CalibrationState implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Standard errors that a coverage may be off by chance. */
  private static final double ERRORS = 3;

  /** Minimum number of windows of a group for a separate correction. */
  private static final int LEAST_WINDOWS = 100;

  private final List<Double> levels;
  private final int horizon;
  private final int median;
  private final TreeMap<String, ConformityHistogram> groups = new TreeMap<>();
  private final ConformityHistogram all;
  private final ExceedanceCounts[] steps;

  /**
   * An empty state.
   *
   * @param levels which must contain 0.5 for the state to be of use
   * @param horizon steps of a window
   */
  public CalibrationState(List<Double> levels, int horizon) {
    this.levels = List.copyOf(levels);
    this.horizon = horizon;
    median = levels.indexOf(.5);
    all = new ConformityHistogram(levels.size());
    steps = new ExceedanceCounts[horizon];
    Arrays.setAll(steps, step -> new ExceedanceCounts(levels.size()));
  }

  /**
   * Adds all observed targets of a batch. Windows after a constant context, which are forecast to
   * stay as they are, form a group and do not count in all: no factor moves their intervals.
   */
  public void add(WindowBatch windows, ForecastBatch forecasts) {
    for (int i = 0; median >= 0 && i < windows.size(); i++) {
      String name = IntervalCalibration.group(windows, i);
      boolean moves = moves(name);
      ConformityHistogram group =
          groups.computeIfAbsent(name, key -> new ConformityHistogram(levels.size()));
      for (int t = 0; t < horizon; t++) {
        int at = i * horizon + t;
        if (windows.targetObserved()[at] != 0) {
          group.add(windows.target()[at], forecasts.quantiles(), at * levels.size(), median);
          if (moves) {
            all.add(windows.target()[at], forecasts.quantiles(), at * levels.size(), median);
          }
          steps[t].add(windows.target()[at], forecasts.quantiles(), at * levels.size(), median);
        }
      }
    }
  }

  private static boolean moves(String group) {
    return !group.equals(WindowStratum.CONSTANT.word());
  }

  /** Adds another state of the same levels and horizon to this one. */
  public CalibrationState merge(CalibrationState other) {
    all.merge(other.all);
    other.groups.forEach(
        (name, ratios) ->
            groups
                .computeIfAbsent(name, key -> new ConformityHistogram(levels.size()))
                .merge(ratios));
    for (int t = 0; t < horizon; t++) {
      steps[t].merge(other.steps[t]);
    }
    return this;
  }

  /** Share of values beyond the quantile of a level, NaN without values. */
  public double shareBeyond(double level) {
    int q = levels.indexOf(level);
    return q < 0 ? Double.NaN : all.counts().share(q);
  }

  /**
   * Share of values that would lie beyond the quantile of a level once corrected, NaN without any.
   * Windows after a constant context are left out.
   */
  double shareBeyond(int q, IntervalCalibration corrected) {
    double sum = 0;
    long total = 0;
    for (Map.Entry<String, ConformityHistogram> group : groups.entrySet()) {
      ConformityHistogram ratios = group.getValue();
      if (ratios.counts().total() > 0 && moves(group.getKey())) {
        sum += ratios.counts().total() * ratios.beyond(q, corrected.factor(group.getKey(), q));
        total += ratios.counts().total();
      }
    }
    return total == 0 ? Double.NaN : sum / total;
  }

  /** Values counted. */
  long total() {
    return all.counts().total();
  }

  /**
   * The correction. A level that is off is brought to where its coverage could be right by chance,
   * three standard errors from the level, and no further: a calibration part is one period of time
   * that all series share, and its errors are correlated. A group whose coverage is still off then
   * gets a separate correction by the same rule; steps are measured only.
   *
   * @param when which levels are corrected
   * @param effective how many of the values count as independent, in (0, 1]: neighbouring steps of
   *     one window err together
   */
  public IntervalCalibration calibration(ForecastSpec.Calibrate when, double effective) {
    List<Double> factors = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int q = 0; q < levels.size(); q++) {
      factors.add(factor(all, q, 1, when, effective));
      counts.add(q == median ? 0 : all.counts().total());
    }
    return new IntervalCalibration(
        levels, factors, counts, groups(factors, when, effective), coverage(), List.of());
  }

  private Map<String, List<Double>> groups(
      List<Double> pooled, ForecastSpec.Calibrate when, double effective) {
    Map<String, List<Double>> corrected = new TreeMap<>();
    boolean apart = when == ForecastSpec.Calibrate.WHERE_NEEDED && groups.size() > 1;
    groups.forEach(
        (name, ratios) -> {
          List<Double> own = new ArrayList<>();
          for (int q = 0; q < levels.size(); q++) {
            own.add(factor(ratios, q, pooled.get(q), when, effective));
          }
          if (apart
              && moves(name)
              && ratios.counts().total() * effective >= LEAST_WINDOWS
              && !own.equals(pooled)) {
            corrected.put(name, own);
          }
        });
    return corrected;
  }

  /** The factor of a level where {@code present} is the current one. */
  private double factor(
      ConformityHistogram ratios,
      int q,
      double present,
      ForecastSpec.Calibrate when,
      double effective) {
    if (q == median || ratios.counts().total() == 0) {
      return 1;
    }
    double tail = Math.min(levels.get(q), 1 - levels.get(q));
    double share = ratios.beyond(q, present);
    double room = ERRORS * Math.sqrt(tail * (1 - tail) / (ratios.counts().total() * effective));
    return switch (when) {
      case OFF -> 1;
      case ALWAYS -> ratios.factor(q, tail);
      case WHERE_NEEDED ->
          Math.abs(share - tail) <= room
              ? present
              : ratios.factor(q, share > tail ? tail + room : Math.max(0, tail - room));
    };
  }

  /** What was measured before any correction. */
  private List<Coverage> coverage() {
    List<Coverage> measured = new ArrayList<>();
    for (int t = 0; t < horizon; t++) {
      measured.add(steps[t].coverage("step " + (t + 1), levels));
    }
    groups.forEach((name, ratios) -> measured.add(ratios.counts().coverage(name, levels)));
    return measured;
  }
}

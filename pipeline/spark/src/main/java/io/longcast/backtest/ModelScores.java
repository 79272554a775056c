package io.longcast.backtest;

import io.longcast.evaluate.ForecastScores;
import io.longcast.evaluate.PointErrors;
import io.longcast.evaluate.WindowForecast;
import io.longcast.forecast.WindowStratum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known of one forecaster after a comparison: all scores pooled, and the point errors of
 * each series, of each step and of each {@link WindowStratum}. Mergeable.
 */
public final class ModelScores implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final List<Double> levels;
  private final int horizon;
  private final ForecastScores pooled;
  private final TreeMap<SeriesChannel, PointErrors> bySeries = new TreeMap<>();
  private final TreeMap<Integer, PointErrors> byStep = new TreeMap<>();
  private final TreeMap<WindowStratum, PointErrors> byGroup = new TreeMap<>();

  ModelScores(String name, List<Double> levels, int horizon) {
    this.name = name;
    this.levels = List.copyOf(levels);
    this.horizon = horizon;
    pooled = new ForecastScores(levels, horizon);
  }

  void add(SeriesChannel series, Set<WindowStratum> groups, WindowForecast window) {
    pooled.add(series.id(), window);
    bySeries.computeIfAbsent(series, id -> new PointErrors()).add(window);
    for (WindowStratum group : groups) {
      byGroup.computeIfAbsent(group, key -> new PointErrors()).add(window);
    }
    for (int t = 0; t < window.horizon(); t++) {
      byStep.computeIfAbsent(t + 1, key -> new PointErrors()).add(window.step(t));
    }
  }

  ModelScores copy() {
    ModelScores copy = new ModelScores(name, levels, horizon);
    copy.merge(this);
    return copy;
  }

  void merge(ModelScores other) {
    pooled.merge(other.pooled);
    merge(bySeries, other.bySeries);
    merge(byStep, other.byStep);
    merge(byGroup, other.byGroup);
  }

  private static <K> void merge(Map<K, PointErrors> into, Map<K, PointErrors> from) {
    from.forEach((key, errors) -> into.computeIfAbsent(key, k -> new PointErrors()).merge(errors));
  }

  /** The forecaster. */
  public String name() {
    return name;
  }

  /** All scores over all windows. */
  public ForecastScores pooled() {
    return pooled;
  }

  /** Mean absolute scaled error over all windows. */
  public double mase() {
    return pooled.points().mase().value();
  }

  /** Point errors by series, in the order of their ids. */
  Map<SeriesChannel, PointErrors> bySeries() {
    return new TreeMap<>(bySeries);
  }

  /** Point errors by step, 1 to the horizon. */
  public Map<Integer, PointErrors> byStep() {
    return new TreeMap<>(byStep);
  }

  /** Point errors of each group that has a window. */
  public Map<WindowStratum, PointErrors> byGroup() {
    return new TreeMap<>(byGroup);
  }

  /** Sums of absolute errors, one a series in the order of their ids. */
  public double[] absoluteErrors() {
    return new ArrayList<>(bySeries.values())
        .stream().mapToDouble(PointErrors::absoluteError).toArray();
  }
}

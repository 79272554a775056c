package io.longcast.backtest;

import io.longcast.evaluate.ForecastScores;
import io.longcast.evaluate.PointErrors;
import io.longcast.evaluate.WindowForecast;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one forecaster after a comparison: all scores pooled, and the point errors of
 * each series. Mergeable.
 */
public final class ModelScores implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final List<Double> levels;
  private final int horizon;
  private final ForecastScores pooled;
  private final TreeMap<String, PointErrors> bySeries = new TreeMap<>();

  ModelScores(String name, List<Double> levels, int horizon) {
    this.name = name;
    this.levels = List.copyOf(levels);
    this.horizon = horizon;
    pooled = new ForecastScores(levels, horizon);
  }

  void add(String seriesId, WindowForecast window) {
    pooled.add(seriesId, window);
    bySeries.computeIfAbsent(seriesId, id -> new PointErrors()).add(window);
  }

  ModelScores copy() {
    ModelScores copy = new ModelScores(name, levels, horizon);
    copy.merge(this);
    return copy;
  }

  void merge(ModelScores other) {
    pooled.merge(other.pooled);
    other.bySeries.forEach(
        (id, errors) -> bySeries.computeIfAbsent(id, key -> new PointErrors()).merge(errors));
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
  public Map<String, PointErrors> bySeries() {
    return new TreeMap<>(bySeries);
  }

  /** Sums of absolute errors, one a series in the order of their ids. */
  public double[] absoluteErrors() {
    return new ArrayList<>(bySeries.values())
        .stream().mapToDouble(PointErrors::absoluteError).toArray();
  }
}

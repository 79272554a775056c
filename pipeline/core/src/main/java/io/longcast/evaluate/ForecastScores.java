package io.longcast.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is counted about a set of forecasts of one model: point, quantile and interval
 * errors. Mergeable with states of the same levels and horizon, so that executors count apart.
 */
public final class ForecastScores implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PointErrors points = new PointErrors();
  private final QuantileErrors quantiles;
  private final List<IntervalScores> intervals;

  /**
   * @param quantileLevels ascending, in (0, 1); empty for points only
   * @param horizon steps
   */
  public ForecastScores(List<Double> quantileLevels, int horizon) {
    quantiles = new QuantileErrors(quantileLevels);
    intervals = IntervalScores.central(quantileLevels, horizon);
  }

  /** Counts one window of a series. */
  public void add(String seriesId, WindowForecast window) {
    points.add(window);
    quantiles.add(window);
    for (IntervalScores interval : intervals) {
      interval.add(seriesId, window);
    }
  }

  /** Adds the counts of another state. */
  public void merge(ForecastScores other) {
    points.merge(other.points);
    quantiles.merge(other.quantiles);
    for (int i = 0; i < intervals.size(); i++) {
      intervals.get(i).merge(other.intervals.get(i));
    }
  }

  /** Errors of the points. */
  public PointErrors points() {
    return points;
  }

  /** The interval of a nominal coverage in percent, if the levels hold it. */
  public Optional<IntervalScores> interval(int percent) {
    return intervals.stream().filter(i -> i.percent() == percent).findFirst();
  }

  /** All metrics; those of quantiles only where there are levels. */
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>(points.metrics());
    metrics.addAll(quantiles.metrics());
    intervals.forEach(interval -> metrics.addAll(interval.metrics()));
    return List.copyOf(metrics);
  }
}

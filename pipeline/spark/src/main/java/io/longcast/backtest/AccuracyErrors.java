package io.longcast.backtest;

import io.longcast.evaluate.Metric;
import io.longcast.evaluate.PointErrors;
import io.longcast.evaluate.WindowForecast;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Errors of the forecasts of one group, with their bias; mergeable. */
final class AccuracyErrors implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PointErrors points = new PointErrors();
  private double difference;
  private long values;

  void add(WindowForecast window) {
    points.add(window);
    for (int t = 0; t < window.horizon(); t++) {
      if (window.counts(t)) {
        difference += window.point()[t] - window.actual()[t];
        values++;
      }
    }
  }

  void merge(AccuracyErrors other) {
    points.merge(other.points);
    difference += other.difference;
    values += other.values;
  }

  /** Those of the points, and {@code bias}: the mean of forecast less observed value. */
  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>(points.metrics());
    metrics.add(Metric.mean("bias", difference, values));
    return metrics;
  }
}

package io.longcast.benchmark;

import io.longcast.evaluate.EventCounts;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.PointwiseCounts;
import io.longcast.evaluate.RowInterval;
import java.util.ArrayList;
import java.util.List;

/**
 * Alarms against labels, row by row and event by event; mergeable by adding.
 *
 * @param points row by row
 * @param adjusted the same after point adjustment, which a random score passes: never to be quoted
 *     alone
 * @param events event by event
 */
record AlarmCounts(PointwiseCounts points, PointwiseCounts adjusted, EventCounts events) {
  static final AlarmCounts NONE =
      new AlarmCounts(PointwiseCounts.NONE, PointwiseCounts.NONE, EventCounts.NONE);

  /** Counts of one series from a row on; labels that begin before it are no events. */
  static AlarmCounts of(boolean[] alarms, LabelledSeries series, int from) {
    List<RowInterval> judged =
        series.labels().stream().filter(label -> label.first() >= from).toList();
    return new AlarmCounts(
        PointwiseCounts.of(alarms, series.flags(), from, alarms.length),
        PointwiseCounts.pointAdjusted(alarms, series.flags(), from, alarms.length),
        EventCounts.of(RowInterval.runs(alarms), judged));
  }

  AlarmCounts plus(AlarmCounts other) {
    return new AlarmCounts(
        points.plus(other.points), adjusted.plus(other.adjusted), events.plus(other.events));
  }

  /** Point-wise figures, {@code f1_point_adjusted} and event figures. */
  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>(points.metrics());
    metrics.add(pointAdjusted());
    metrics.addAll(events.metrics());
    return metrics;
  }

  Metric pointAdjusted() {
    Metric inflated = adjusted.metrics().get(0);
    return new Metric("f1_point_adjusted", inflated.value(), inflated.count());
  }
}

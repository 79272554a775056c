package io.longcast.benchmark;

import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.RowInterval;
import java.util.List;

/**
 * A series with its labels.
 *
 * @param series what a detector sees
 * @param labels anomalous rows, ascending
 */
public record LabelledSeries(RowSeries series, List<RowInterval> labels) {

  public LabelledSeries {
    labels = List.copyOf(labels);
  }

  /** A flag a row: labelled. */
  boolean[] flags() {
    return RowInterval.flags(labels, series.length());
  }
}

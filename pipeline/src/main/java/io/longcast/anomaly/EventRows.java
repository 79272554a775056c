package io.longcast.anomaly;

import io.longcast.anomaly.event.Event;
import io.longcast.anomaly.event.EventReport;
import io.longcast.series.TimeAxis;
import io.longcast.table.EventsTable;
import java.io.Serializable;
import java.sql.Timestamp;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows of a scored series in {@link EventsTable}, with the surprise of each peak. */
final class EventRows implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Surprise of the peak: beyond what a score near 1 can tell apart. */
  static final String PEAK = "peak_surprise";

  /** The table's columns and {@link #PEAK}. */
  static final StructType SCHEMA = EventsTable.SCHEMA.add(PEAK, DataTypes.DoubleType);

  private final List<String> channels;
  private final String modelId;

  EventRows(List<String> channels, String modelId) {
    this.channels = channels;
    this.modelId = modelId;
  }

  Iterator<Row> of(ScoredSeries series) {
    return series.events().stream().map(report -> row(series, report)).iterator();
  }

  private Row row(ScoredSeries series, EventReport report) {
    Event event = report.event();
    TimeAxis axis = series.segment().axis();
    return RowFactory.create(
        series.segment().seriesId(),
        at(axis, event.start()),
        at(axis, event.end()),
        -Math.expm1(-event.peak()),
        event.channels().stream().map(channels::get).toArray(String[]::new),
        report.kind().word(),
        report.evidence(),
        report.similar(),
        modelId,
        event.peak());
  }

  private static Timestamp at(TimeAxis axis, long step) {
    return axis.instant(step).map(Timestamp::from).orElse(null);
  }
}

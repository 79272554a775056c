package io.longcast.anomaly;

import io.longcast.anomaly.event.Event;
import io.longcast.anomaly.event.EventReport;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.TimeAxis;
import io.longcast.table.EventsTable;
import io.longcast.table.PartitionPeriod;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows of a scored series in {@link EventsTable}, with the surprisal of each peak. */
final class EventRows implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int LOOK_BACK = 1000;
  private static final int ID_BYTES = 8;

  /** Surprisal of the peak: beyond what a score near 1 can tell apart. */
  static final String PEAK = "peak_surprisal";

  /** The table's columns and {@link #PEAK}. */
  static final StructType SCHEMA = EventsTable.SCHEMA.add(PEAK, DataTypes.DoubleType);

  private final List<String> channels;
  private final String modelId;

  EventRows(List<String> channels, String modelId) {
    this.channels = channels;
    this.modelId = modelId;
  }

  Iterator<Row> of(ScoredSeries series) {
    return series
        .allEvents()
        .map(report -> row(series.segment(), report, report == series.open()))
        .iterator();
  }

  private Row row(Segment segment, EventReport report, boolean isOpen) {
    Event event = report.event();
    TimeAxis axis = segment.axis();
    Optional<Instant> start = start(axis, event);
    return RowFactory.create(
        id(segment, event),
        segment.seriesId(),
        start.map(Timestamp::from).orElse(null),
        end(axis, event).map(Timestamp::from).orElse(null),
        isOpen ? EventsTable.OPEN : EventsTable.CLOSED,
        -Math.expm1(-event.peak()),
        event.channels().stream().map(channels::get).toArray(String[]::new),
        report.kind().word(),
        report.evidence(),
        report.similar(),
        modelId,
        PartitionPeriod.of(axis).longer().of(start.map(Timestamp::from).orElse(null)),
        event.peak());
  }

  /** The same in every run that sees the event, because its first step is. */
  private static String id(Segment segment, Event event) {
    TimeAxis axis = segment.axis();
    String step =
        axis.instant(event.start())
            .map(Instant::toString)
            .orElseGet(() -> "step " + (segment.seriesStep() + event.start()));
    byte[] text = (segment.seriesId() + "\n" + step).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** The time of the first step; of a row without one, that of the nearest row before it. */
  private static Optional<Instant> start(TimeAxis axis, Event event) {
    return LongStream.iterate(event.start(), step -> step >= 0, step -> step - 1)
        .limit(LOOK_BACK)
        .mapToObj(axis::instant)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Rows without a grid may repeat, step back or have no time, and none lies past the last. */
  private static Optional<Instant> end(TimeAxis axis, Event event) {
    if (axis instanceof GridAxis) {
      return axis.instant(event.end());
    }
    return Stream.concat(
            LongStream.range(event.start(), event.end()).mapToObj(axis::instant),
            Stream.of(start(axis, event)))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .map(last -> last.plus(1, ChronoUnit.MICROS));
  }
}

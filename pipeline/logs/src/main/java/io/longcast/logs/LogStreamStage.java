package io.longcast.logs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.longcast.clean.ArrivalStage;
import io.longcast.logs.text.LinearPattern;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.stream.StreamCounts;
import io.longcast.stream.StreamOperator;
import io.longcast.stream.StreamSpec;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Finds abnormal sessions as their lines arrive: one shuffle, of the lines as keys of templates,
 * and one stateful operator with a state per open session.
 */
public final class LogStreamStage {
  /** Characters kept of a line. */
  private static final int MAX_LINE = 1000;

  private static final Column IS_ENTRY = col("reason").isNull();

  private LogStreamStage() {}

  /**
   * Rows in the shape of {@link LogStreamTables}: of log_anomalies one when the first line arrives
   * that no normal session has, another one whenever that changes, and the last one when the
   * session has ended; of rejects each line that is no entry, is late or is ahead of the clock.
   *
   * @param lines of a stream, as {@link io.longcast.logs.line.ArrivingLines} reads them
   */
  public static Dataset<Row> run(
      Dataset<Row> lines,
      LogModel model,
      String modelId,
      LogSpec spec,
      StreamSpec stream,
      StreamCounts counts) {
    Dataset<Row> timed =
        StreamOperator.timed(
            withoutFuture(lines, stream), when(IS_ENTRY, col("timestamp")), stream);
    Shared<LogModel> shared = Shared.of(lines.sparkSession().sparkContext(), model);
    String end = spec.endPattern().orElse(null);
    MapPartitionsFunction<Row, Row> chunks = rows -> new Chunks(rows, shared.value(), end, counts);
    Dataset<Row> chunked =
        timed
            .select(
                "session_id",
                "timestamp",
                "source_file",
                "source_offset",
                "content",
                "line",
                "reason",
                "host")
            .mapPartitions(chunks, Encoders.row(ArrivalStage.SCHEMA));
    return StreamOperator.run(
        chunked,
        Optional.empty(),
        new SessionKernel.Plan(model, modelId, spec.timeout(), spec.files().order()),
        LogStreamTables.ALL.schema(),
        stream,
        counts);
  }

  /** One line from the future would make all others late. */
  private static Dataset<Row> withoutFuture(Dataset<Row> lines, StreamSpec stream) {
    Column ahead = IS_ENTRY.and(StreamOperator.isAhead(col("timestamp"), stream));
    return lines.withColumn(
        "reason", when(ahead, lit(StreamOperator.aheadReason(stream))).otherwise(col("reason")));
  }

  /**
   * Lines as chunks of their sessions, rejects each by its place: of a log that is declared wrongly
   * all lines are rejects, which no single task could hold.
   */
  private static final class Chunks implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final LineKeys keys;
    private final LinearPattern end;
    private final StreamCounts counts;
    private Row next;

    Chunks(Iterator<Row> rows, LogModel model, String end, StreamCounts counts) {
      this.rows = rows;
      this.counts = counts;
      keys = new LineKeys(model.templates(), model.templateSpec());
      this.end = end == null ? null : LinearPattern.of(end, LogSpec.END_PATTERN);
    }

    @Override
    public boolean hasNext() {
      while (next == null && rows.hasNext()) {
        next = chunk(rows.next());
      }
      return next != null;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no line left");
      }
      Row row = next;
      next = null;
      return row;
    }

    private Row chunk(Row row) {
      boolean isReject = !row.isNullAt(6);
      if (!isReject && row.isNullAt(0)) {
        counts.addSkipped(1);
        return null;
      }
      ArrivedLine line = isReject ? reject(row) : line(row);
      return RowFactory.create(isReject ? line.place() : row.getString(0), line.toBytes());
    }

    private ArrivedLine reject(Row row) {
      return new ArrivedLine(
          0, row.getString(2), row.getLong(3), null, 0, false, begin(row), row.getString(6));
    }

    private ArrivedLine line(Row row) {
      String content = row.getString(4);
      return new ArrivedLine(
          row.getTimestamp(1).getTime(),
          row.getString(2),
          row.getLong(3),
          row.getString(7),
          keys.of(content),
          end != null && end.isFoundIn(content),
          begin(row),
          null);
    }

    private static String begin(Row row) {
      String line = row.getString(5);
      return line == null || line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE);
    }
  }
}

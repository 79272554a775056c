package io.longcast.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;

import io.longcast.clean.ArrivalStage;
import io.longcast.logs.LogDetectStage;
import io.longcast.logs.LogModel;
import io.longcast.logs.LogModelFiles;
import io.longcast.logs.LogSpec;
import io.longcast.logs.LogStreamStage;
import io.longcast.logs.line.ArrivingLines;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.series.MappedIterator;
import io.longcast.stream.StreamCounts;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** A trained detector of abnormal sessions. */
public final class LogAnomalyDetectorModel extends BundleModel<LogAnomalyDetectorModel> {
  private static final long serialVersionUID = 1L;

  /** Columns of Spark's Kafka source beside the value. */
  private static final List<String> KAFKA = List.of("topic", "partition", "offset", "timestamp");

  private static final StructType MESSAGES =
      StructType.fromDDL(
          "value STRING, topic STRING, partition INT, offset LONG, timestamp TIMESTAMP");

  /** Lines of a task in a micro-batch, at most. */
  private static final long A_BATCH = 1L << 33;

  private final transient LogModel model;
  private final Param<String> lineCol;

  LogAnomalyDetectorModel(String uid, ModelBundle bundle, Optional<TrainingSummary> summary) {
    super(uid, bundle, summary);
    model = LogModelFiles.read(bundle);
    lineCol = LogAnomalyDetector.lineCol(this);
  }

  @Override
  LogAnomalyDetectorModel self() {
    return this;
  }

  @Override
  LogAnomalyDetectorModel again(String uid, ModelBundle bundle, Optional<TrainingSummary> summary) {
    return new LogAnomalyDetectorModel(uid, bundle, summary);
  }

  /** Text column of the lines. */
  public Param<String> lineCol() {
    return lineCol;
  }

  /** Sets the text column of the lines. */
  public LogAnomalyDetectorModel setLineCol(String name) {
    set(lineCol, name);
    return this;
  }

  private String column() {
    return LogAnomalyDetector.column(this, lineCol);
  }

  /** One row per abnormal session, in the shape of {@link LogAnomaliesTable}. */
  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    UtcSession session = UtcSession.of(rows);
    Dataset<Row> lines =
        LogAnomalyDetector.lines(session, rows, column(), run().section(LogSpec.class));
    return session.leave(LogDetectStage.detect(lines, model, modelId()));
  }

  /**
   * Abnormal sessions of a streaming DataFrame of lines, as they arrive. Each row belongs to the
   * table that its column {@code table} names: {@code log_anomalies}, where a later row of a
   * session replaces an earlier one, and {@code rejects}. Append mode; one shuffle and one stateful
   * operator.
   *
   * @param rows each an entry, with the text column of the lines; those of Kafka with the columns
   *     topic, partition, offset and timestamp say where each was
   * @throws IllegalArgumentException if the rows are no stream
   */
  public Dataset<Row> transformStream(Dataset<?> rows) {
    if (!rows.isStreaming()) {
      throw new IllegalArgumentException(
          "transformStream takes a streaming DataFrame (spark.readStream()); transform takes rows"
              + " at rest");
    }
    UtcSession session = UtcSession.of(rows);
    LogSpec spec = run().section(LogSpec.class);
    Dataset<Row> lines =
        ArrivingLines.ofMessages(messages(session.enter(rows)), spec.lines(), spec.files());
    return session.leave(
        LogStreamStage.run(
            lines, model, modelId(), spec, run().stream(), StreamCounts.of(session.spark())));
  }

  /**
   * Rows of any source in the columns that those of Kafka have. Lines with equal times are in the
   * order of arrival: by micro-batch, then by place in a task.
   */
  private Dataset<Row> messages(Dataset<Row> rows) {
    if (List.of(rows.columns()).containsAll(KAFKA)) {
      return rows.select(
          col(column()).as("value"),
          col("topic"),
          col("partition"),
          col("offset"),
          col("timestamp"));
    }
    MapPartitionsFunction<Row, Row> placed = LogAnomalyDetectorModel::placed;
    return rows.select(
            col(column()).cast("string").as("value"), current_timestamp().as("timestamp"))
        .mapPartitions(placed, Encoders.row(MESSAGES));
  }

  private static Iterator<Row> placed(Iterator<Row> lines) {
    int partition = TaskContext.getPartitionId();
    AtomicLong next = new AtomicLong(ArrivalStage.batch() * A_BATCH);
    return new MappedIterator<>(
        lines,
        line ->
            RowFactory.create(
                line.get(0), "stream", partition, next.getAndIncrement(), line.get(1)));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    schema.fieldIndex(column());
    return LogAnomaliesTable.SCHEMA;
  }

  /** Reads what {@code write()} saved, or the bundle of a model that the command line trained. */
  public static MLReader<LogAnomalyDetectorModel> read() {
    return new BundleMlReader<>(
        "log_anomaly_detector_model",
        (uid, bundle) -> new LogAnomalyDetectorModel(uid, bundle, Optional.empty()));
  }

  /** Loads what {@code save} saved, or the bundle of a model that the command line trained. */
  public static LogAnomalyDetectorModel load(String path) {
    return read().load(path);
  }
}

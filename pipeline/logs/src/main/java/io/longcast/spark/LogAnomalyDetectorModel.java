package io.longcast.spark;

import io.longcast.logs.LogDetectStage;
import io.longcast.logs.LogModel;
import io.longcast.logs.LogModelFiles;
import io.longcast.logs.LogSpec;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.model.bundle.ModelBundle;
import java.util.Optional;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A trained detector of abnormal sessions. */
public final class LogAnomalyDetectorModel extends BundleModel<LogAnomalyDetectorModel> {
  private static final long serialVersionUID = 1L;

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

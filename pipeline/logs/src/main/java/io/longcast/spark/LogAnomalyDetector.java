package io.longcast.spark;

import io.longcast.config.RunSpec;
import io.longcast.logs.LogSpec;
import io.longcast.logs.LogTrainStage;
import io.longcast.logs.flow.LogTraining;
import io.longcast.logs.line.LogReadStage;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.logs.template.Template;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Learns templates and normal sessions from the lines of a log. The settings {@code logs.lines}
 * declare the header of a line, its time format and its session.
 *
 * <pre>{@code
 * LogAnomalyDetectorModel model = new LogAnomalyDetector()
 *     .set("logs.lines.pattern", "<Time> <Level> [<Session>] <Content>")
 *     .fit(spark.read().text("app.log"));
 * model.transform(spark.read().text("today.log")).show();
 * }</pre>
 *
 * <p>A partition of the lines is read like a file, from its first line to its last: entries of
 * several lines lie in one partition, and lines without times are taken in the order in which they
 * stand there.
 */
public final class LogAnomalyDetector
    extends SettingsEstimator<LogAnomalyDetectorModel, LogAnomalyDetector> {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "log_anomaly_detector";
  private static final String VALUE = "value";

  private final Param<String> lineCol;

  /** A detector with the defaults of {@code reference.conf}. */
  public LogAnomalyDetector() {
    this(Identifiable$.MODULE$.randomUID(PREFIX));
  }

  /** A detector with a given id, as the reader of saved estimators needs it. */
  public LogAnomalyDetector(String uid) {
    super(uid);
    lineCol = lineCol(this);
  }

  static Param<String> lineCol(Identifiable parent) {
    return new Param<>(parent, "lineCol", "text column of the lines (default: value)");
  }

  @Override
  LogAnomalyDetector self() {
    return this;
  }

  /** Text column of the lines. */
  public Param<String> lineCol() {
    return lineCol;
  }

  /**
   * Sets the text column of the lines, by default {@code value}, as {@code read().text} names it.
   */
  public LogAnomalyDetector setLineCol(String name) {
    return with(lineCol, name);
  }

  private String column() {
    return column(this, lineCol);
  }

  static String column(Params holder, Param<String> lineCol) {
    return holder.isSet(lineCol) ? holder.get(lineCol).get() : VALUE;
  }

  /**
   * Learns from all lines, or those of sessions that end before {@code logs.trainBefore}.
   *
   * @throws IllegalArgumentException if no line names a session
   */
  @Override
  public LogAnomalyDetectorModel fit(Dataset<?> rows) {
    RunSpec run = run();
    LogSpec spec = run.section(LogSpec.class);
    UtcSession session = UtcSession.of(rows);
    Dataset<Row> lines = lines(session, rows, column(), spec);
    List<Template> templates = LogTrainStage.templates(lines, spec);
    LogTraining trained =
        LogTraining.train(
            session.spark(),
            run,
            lines,
            templates,
            "of a DataFrame",
            false,
            new StageClock(Progress.SILENT));
    return new LogAnomalyDetectorModel(uid() + "_model", trained.bundle(), Optional.empty())
        .setLineCol(column())
        .setParent(this);
  }

  /** The lines of a caller as {@link LogReadStage} reads those of a file. */
  static Dataset<Row> lines(UtcSession session, Dataset<?> rows, String column, LogSpec spec) {
    return LogReadStage.read(
        session.enter(rows).select(column).as(Encoders.STRING()), spec.lines(), spec.files());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    schema.fieldIndex(column());
    return LogAnomaliesTable.SCHEMA;
  }

  /** Reads what {@code write()} saved. */
  public static MLReader<LogAnomalyDetector> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads what {@code save} saved. */
  public static LogAnomalyDetector load(String path) {
    return read().load(path);
  }
}

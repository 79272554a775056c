package io.longcast.spark;

import io.longcast.anomaly.AnomalySpec;
import io.longcast.anomaly.DetectResult;
import io.longcast.config.RunSpec;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.Serving;
import io.longcast.read.ReadResult;
import io.longcast.stream.StreamCounts;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.DetectorStatesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.StreamedTables;
import java.util.Optional;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A calibrated anomaly detector. */
public final class AnomalyDetectorModel extends LongcastModel<AnomalyDetectorModel> {
  private static final long serialVersionUID = 1L;

  AnomalyDetectorModel(String uid, ModelBundle bundle, Optional<TrainingSummary> summary) {
    super(uid, bundle, summary);
  }

  @Override
  AnomalyDetectorModel self() {
    return this;
  }

  @Override
  AnomalyDetectorModel again(String uid, ModelBundle bundle, Optional<TrainingSummary> summary) {
    return new AnomalyDetectorModel(uid, bundle, summary);
  }

  /**
   * The given rows, each with the score of its grid step: {@code anomaly_score} in [0, 1], {@code
   * threshold}, {@code is_anomaly}, and of the target that contributes most its name ({@code
   * anomaly_channel}), {@code expected} value and interval ({@code lower}, {@code upper}). Null
   * where a row was rejected or lies in the warm-up. One shuffle of the rows beside those of
   * cleaning.
   *
   * @throws IllegalArgumentException if a column of such a name is there already, or the model
   *     keeps rows as they are ({@code clean.grid = rows}); {@link #anomalies} has no such limits
   */
  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    UtcSession session = UtcSession.of(rows);
    SeriesDataset data = prepared(session, rows);
    RunSpec run = run();
    Dataset<Row> scores = result(session, run, data).anomalies();
    return session.leave(ScoredRows.of(session.enter(rows), run.source().columns(), data, scores));
  }

  /** One row per series, target and step, in the shape of {@link AnomaliesTable}. */
  public Dataset<Row> anomalies(Dataset<?> rows) {
    UtcSession session = UtcSession.of(rows);
    return session.leave(result(session, run(), prepared(session, rows)).anomalies());
  }

  /**
   * Anomalies that belong together, with kind and evidence, in the shape of {@link EventsTable}.
   */
  public Dataset<Row> events(Dataset<?> rows) {
    UtcSession session = UtcSession.of(rows);
    RunSpec run = run();
    SeriesDataset data = prepared(session, rows);
    return session.leave(result(session, run, data).events(series(run, data)));
  }

  /**
   * What is known of each series after its last row, in the shape of {@link DetectorStatesTable}: a
   * stream goes on from there.
   */
  public Dataset<Row> states(Dataset<?> rows) {
    UtcSession session = UtcSession.of(rows);
    return session.leave(result(session, run(), prepared(session, rows)).states());
  }

  /**
   * Scores the rows of a stream as they arrive, for a query of the caller's own: rows of the tables
   * anomalies, events, rejects and others, in the shape of {@link StreamedTables}, each in the
   * micro-batch that completes its step. The scores and events are those that {@link #anomalies}
   * and {@link #events} give of all rows together. {@code stream.watermark} and the other keys of
   * the section stream are settings of this model.
   *
   * @param rows of a streaming source
   * @throws IllegalArgumentException if the rows are no stream, or the model keeps rows as they are
   */
  public Dataset<Row> transformStream(Dataset<?> rows) {
    return transformStream(rows, Optional.empty());
  }

  /**
   * The same, resuming from what a batch run knew of each series, see {@link DetectorStatesTable}.
   */
  public Dataset<Row> transformStream(Dataset<?> rows, Dataset<Row> states) {
    return transformStream(rows, Optional.of(states));
  }

  private Dataset<Row> transformStream(Dataset<?> rows, Optional<Dataset<Row>> states) {
    UtcSession session = UtcSession.of(rows);
    ReadResult read = arriving(session, rows);
    return session.leave(
        new Serving(session.spark(), run(), served())
            .streamed(read, states.map(session::enter), StreamCounts.of(session.spark())));
  }

  private DetectResult result(UtcSession session, RunSpec run, SeriesDataset data) {
    return new Serving(session.spark(), run, served())
        .anomalies(data, series(run, data), Optional.empty());
  }

  /** The series of the fleet, counted only where the fleet shares a budget. */
  private static long series(RunSpec run, SeriesDataset data) {
    AnomalySpec spec = run.anomaly();
    return spec.sharesFleet() ? data.counts().kept() : 1;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Fitting.requireColumns(run(), schema);
    return ScoredRows.schema(schema);
  }

  /** Reads what {@code write()} saved, or the bundle of a model that the command line trained. */
  public static MLReader<AnomalyDetectorModel> read() {
    return new BundleMlReader<>(
        "anomaly_detector_model",
        (uid, bundle) -> new AnomalyDetectorModel(uid, bundle, Optional.empty()));
  }

  /** Loads what {@code save} saved, or the bundle of a model that the command line trained. */
  public static AnomalyDetectorModel load(String path) {
    return read().load(path);
  }
}

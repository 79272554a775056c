package io.longcast.spark;

import io.longcast.forecast.ForecastCounts;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.Serving;
import io.longcast.stream.StreamCounts;
import io.longcast.table.ForecastsTable;
import io.longcast.table.StreamedTables;
import java.util.Optional;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A trained forecaster. */
public final class ForecasterModel extends LongcastModel<ForecasterModel> {
  private static final long serialVersionUID = 1L;

  ForecasterModel(String uid, ModelBundle bundle, Optional<TrainingSummary> summary) {
    super(uid, bundle, summary);
  }

  @Override
  ForecasterModel self() {
    return this;
  }

  @Override
  ForecasterModel again(String uid, ModelBundle bundle, Optional<TrainingSummary> summary) {
    return new ForecasterModel(uid, bundle, summary);
  }

  /**
   * Forecasts every series from its end: one row per series, target and step, in the shape of
   * {@link ForecastsTable}; a series that cannot be forecast has one row with a status. Whether a
   * series is stale takes a look at all of them first, which only the command line takes.
   *
   * <p>With {@code forecast.reconcile} there are rows of groups too, and jobs run before this
   * method returns: three for bottom-up, five for the other methods. Each of them, and each use of
   * the result, prepares the series from the rows given; cache these where that is expensive.
   */
  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    UtcSession session = UtcSession.of(rows);
    SeriesDataset data = prepared(session, rows);
    Serving serving = new Serving(session.spark(), run(), served());
    Dataset<Row> forecasts =
        serving.forecasts(
            data, serving.calibration(data), Optional.empty(), ForecastCounts.of(session.spark()));
    return session.leave(forecasts.unionByName(serving.withoutForecast(data, Optional.empty())));
  }

  /**
   * Forecasts the series of a stream as their rows arrive, for a query of the caller's own: rows of
   * the tables forecasts and rejects, in the shape of {@link StreamedTables}, each time {@code
   * stream.forecastEvery} steps of a series are complete; every step where that is 0. The other
   * keys of the section stream are settings of this model too.
   *
   * @param rows of a streaming source
   * @throws IllegalArgumentException if the rows are no stream, or the model keeps rows as they are
   */
  public Dataset<Row> transformStream(Dataset<?> rows) {
    UtcSession session = UtcSession.of(rows);
    return session.leave(
        new Serving(session.spark(), run(), served())
            .streamedForecasts(arriving(session, rows), StreamCounts.of(session.spark())));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Fitting.requireColumns(run(), schema);
    return ForecastsTable.SCHEMA;
  }

  /** Reads what {@code write()} saved, or the bundle of a model that the command line trained. */
  public static MLReader<ForecasterModel> read() {
    return new BundleMlReader<>(
        "forecaster_model", (uid, bundle) -> new ForecasterModel(uid, bundle, Optional.empty()));
  }

  /** Loads what {@code save} saved, or the bundle of a model that the command line trained. */
  public static ForecasterModel load(String path) {
    return read().load(path);
  }
}

package io.longcast.flow;

import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.forecast.ForecastCounts;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.metrics.RunCounter;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.PretrainedModels;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.Serving;
import io.longcast.pipeline.StageClock;
import io.longcast.table.ForecastStatus;
import io.longcast.table.ForecastsTable;
import io.longcast.table.SeriesStatusTable;
import io.longcast.write.FileLayout;
import io.longcast.write.TableSink;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Forecasts every series of a source with a trained model. */
public final class ForecastFlow {
  /** Files with fewer rows than this are merged with others by a shuffle. */
  private static final long ROWS_A_FILE = 100_000;

  private ForecastFlow() {}

  /**
   * What was done.
   *
   * @param modelId the model
   * @param rows account of the input rows
   * @param widened interval ends that were moved to contain their point
   * @param statuses series and channels by the status of their forecast, {@link ForecastStatus}
   */
  public record Outcome(String modelId, RowCounts rows, long widened, Map<String, Long> statuses) {}

  /** Reads, cleans, forecasts from the end of each series, and writes the forecasts table. */
  public static Outcome run(SparkSession spark, RunSpec run, ServedModel model, StageClock clock) {
    try (SeriesDataset data =
        clock.time(
            "read",
            () ->
                SeriesDataset.read(
                    spark, model.reading(run), Optional.of(model.state().codes())))) {
      return run(spark, run, data, model, clock);
    }
  }

  /** The same with the pretrained network, without training. */
  public static Outcome untrained(SparkSession spark, RunSpec run, StageClock clock) {
    try (SeriesDataset data =
        clock.time("read", () -> SeriesDataset.read(spark, run, Optional.empty()).keep())) {
      ServedModel model =
          clock.time(
              "calibrate", () -> BundleWriter.served(PretrainedModels.bundle(spark, run, data)));
      return run(spark, run, data, model, clock);
    }
  }

  /** The same on series that are prepared already. */
  public static Outcome run(
      SparkSession spark, RunSpec run, SeriesDataset data, ServedModel model, StageClock clock) {
    model.requireFits(data.layout(), data.frequency());
    TableSink sink = TableSink.open(spark, run.output());
    RowCounts rows = clock.time("clean", () -> SeriesTables.write(data, sink));
    ForecastCounts counts = ForecastCounts.of(spark);
    Serving serving = new Serving(spark, run, model);
    IntervalCalibration calibration = clock.time("adapt", () -> serving.calibration(data));
    Optional<Instant> newest = clock.time("clean", () -> Serving.newestEnd(data));
    Dataset<Row> forecasts = serving.forecasts(data, calibration, newest, counts);
    Dataset<Row> all =
        rows.kept() == rows.series()
            ? forecasts
            : forecasts.unionByName(serving.withoutForecast(data, newest));
    Map<String, String> keys = Map.of(ForecastsTable.MODEL_ID, model.id());
    clock.time(
        "forecast",
        () ->
            sink.merge(
                all,
                ForecastsTable.TABLE,
                keys,
                ForecastsTable.REPLACED,
                fileLayout(data, model, rows)));
    Map<String, Long> statuses = statuses(counts, rows);
    count(statuses);
    return new Outcome(model.id(), rows, counts.widened().value(), statuses);
  }

  private static void count(Map<String, Long> statuses) {
    for (ForecastStatus status : ForecastStatus.values()) {
      RunCounter counter =
          status.isForecast() ? RunCounter.SERIES_FORECAST : RunCounter.SERIES_NOT_FORECAST;
      counter.add(statuses.getOrDefault(status.word(), 0L));
    }
  }

  /** Rows of series that cleaning left out are made apart. */
  private static Map<String, Long> statuses(ForecastCounts counts, RowCounts rows) {
    Map<String, Long> statuses = new LinkedHashMap<>(counts.statuses());
    if (rows.series() > rows.kept()) {
      statuses.merge(ForecastStatus.LEFT_OUT.word(), rows.series() - rows.kept(), Long::sum);
    }
    return statuses;
  }

  /** Without a shuffle where every file that a task writes has rows enough, even so. */
  private static FileLayout fileLayout(SeriesDataset data, ServedModel model, RowCounts rows) {
    int horizon = model.state().cutter().window().horizon();
    long made = rows.kept() * data.layout().channels().size() * horizon;
    int tasks = data.segments().getNumPartitions();
    if (made / tasks < ROWS_A_FILE) {
      return FileLayout.of(made, rows.read());
    }
    Column day = functions.to_date(functions.col(SeriesStatusTable.END));
    long days = data.statuses().select(functions.approx_count_distinct(day)).head().getLong(0);
    return made / tasks / Math.max(1, days) < ROWS_A_FILE ? FileLayout.SIZED : FileLayout.BY_TASK;
  }
}

package io.longcast.flow;

import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.forecast.AdaptStage;
import io.longcast.forecast.ForecastPlan;
import io.longcast.forecast.ForecastSpec;
import io.longcast.forecast.ForecastStage;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.table.ForecastsTable;
import io.longcast.table.SeriesStatusTable;
import io.longcast.window.Block;
import io.longcast.window.SplitSpec;
import io.longcast.write.FileLayout;
import io.longcast.write.TableSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.util.LongAccumulator;

/** Forecasts every series of a source with a trained model. */
public final class ForecastFlow {
  /** A file of fewer rows is worth a shuffle that brings it together with others. */
  private static final long ROWS_A_FILE = 100_000;

  private ForecastFlow() {}

  /**
   * What was done.
   *
   * @param modelId the model
   * @param rows account of the input rows
   * @param widened interval ends that were moved to contain their point
   */
  public record Outcome(String modelId, RowCounts rows, long widened) {}

  /** Reads, cleans, forecasts from the end of each series, and writes the forecasts table. */
  public static Outcome run(SparkSession spark, RunSpec run, ServedModel model, StageClock clock) {
    try (SeriesDataset data =
        clock.time(
            "read", () -> SeriesDataset.of(spark, run, Optional.of(model.state().codes())))) {
      return run(spark, run, data, model, clock);
    }
  }

  /** The same on series that are prepared already. */
  public static Outcome run(
      SparkSession spark, RunSpec run, SeriesDataset data, ServedModel model, StageClock clock) {
    model.requireFits(data.layout(), data.clean().frequency());
    TableSink sink = TableSink.open(spark, run.output());
    RowCounts rows = clock.time("clean", () -> data.account(sink));
    LongAccumulator widened = spark.sparkContext().longAccumulator("widened intervals");
    ForecastPlan plan =
        new ForecastPlan(
            model.state().cutter(),
            model.factory(),
            clock.time("adapt", () -> calibration(run, data, model)),
            run.forecast(),
            model.id());
    Dataset<Row> forecasts = ForecastStage.forecast(spark, data.segments(), plan, widened);
    Dataset<Row> all =
        rows.kept() == rows.series()
            ? forecasts
            : forecasts.unionByName(withoutForecast(data.clean().statuses(), model.id()));
    Map<String, String> keys = Map.of(ForecastsTable.MODEL_ID, model.id());
    clock.time(
        "forecast",
        () -> sink.replace(all, ForecastsTable.TABLE, keys, filing(data, model, rows, sink)));
    return new Outcome(model.id(), rows, widened.value());
  }

  /** The bundle's correction, led over the newest known origins where that is asked for. */
  private static IntervalCalibration calibration(
      RunSpec run, SeriesDataset data, ServedModel model) {
    IntervalCalibration stored = model.state().calibration();
    ForecastSpec.Adaptive adaptive = run.forecast().adaptive();
    boolean off = run.forecast().calibration() == ForecastSpec.Calibrate.OFF;
    if (off || adaptive.origins() == 0 || stored.levels().isEmpty()) {
      return stored;
    }
    return AdaptStage.adapt(
        data.segments().map(segment -> new Block(List.of(segment))),
        model.state().cutter(),
        new SplitSpec(adaptive.origins(), 0, 0, 0, 0),
        model.factory(),
        stored,
        adaptive.rate());
  }

  /** Without a shuffle where every file that a task writes has rows enough, even so. */
  private static FileLayout filing(
      SeriesDataset data, ServedModel model, RowCounts rows, TableSink sink) {
    int horizon = model.state().cutter().window().horizon();
    long made = rows.kept() * data.layout().channels().size() * horizon;
    int tasks = data.segments().getNumPartitions();
    if (made / tasks < ROWS_A_FILE) {
      return FileLayout.SIZED;
    }
    Column day = functions.to_date(functions.col(SeriesStatusTable.END));
    long days =
        sink.read(SeriesStatusTable.TABLE)
            .where(functions.col(SeriesStatusTable.SOURCE).equalTo(data.source()))
            .select(functions.approx_count_distinct(day))
            .head()
            .getLong(0);
    return made / tasks / Math.max(1, days) < ROWS_A_FILE ? FileLayout.SIZED : FileLayout.BY_TASK;
  }

  /** One row with a status for each series that cleaning dropped. */
  private static Dataset<Row> withoutForecast(Dataset<Row> statuses, String modelId) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : ForecastsTable.SCHEMA.fields()) {
      Column value =
          switch (field.name()) {
            case ForecastsTable.SERIES_ID -> functions.col(SeriesStatusTable.SERIES_ID);
            case ForecastsTable.STATUS ->
                functions.coalesce(
                    functions.col(SeriesStatusTable.REASON),
                    functions.col(SeriesStatusTable.STATUS));
            case ForecastsTable.MODEL_ID -> functions.lit(modelId);
            default -> functions.lit(null);
          };
      columns.add(value.cast(field.dataType()).as(field.name()));
    }
    return statuses
        .where(functions.not(functions.col(SeriesStatusTable.KEPT)))
        .select(columns.toArray(Column[]::new));
  }
}

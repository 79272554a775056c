package io.longcast.flow;

import static org.apache.spark.sql.functions.col;

import io.longcast.backtest.AccuracyRows;
import io.longcast.backtest.AccuracySpec;
import io.longcast.backtest.AccuracyStage;
import io.longcast.backtest.FleetAccuracy;
import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.evaluate.Metric;
import io.longcast.model.WindowForecaster;
import io.longcast.model.baseline.Baseline;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedBaseline;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.Serving;
import io.longcast.pipeline.ServingState;
import io.longcast.pipeline.StageClock;
import io.longcast.settings.SettingException;
import io.longcast.table.AccuracyTable;
import io.longcast.table.ForecastsTable;
import io.longcast.table.PartitionPeriod;
import io.longcast.write.TableReader;
import io.longcast.write.TableSink;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Compares the past forecasts of a model with the values that were observed since, and with what
 * the evaluation of its training promised.
 */
public final class EvaluateFlow {
  private static final int DRIVERS = 5;

  private EvaluateFlow() {}

  /**
   * What was found.
   *
   * @param modelId the model
   * @param rows account of the input rows
   * @param accuracy of all forecasts with an observed value
   * @param problems what has left the promise of the manifest, in words; empty: nothing
   * @param drivers the series and channels with the highest MASE, in words
   */
  public record Outcome(
      String modelId,
      RowCounts rows,
      FleetAccuracy accuracy,
      List<String> problems,
      List<String> drivers) {}

  /**
   * Reads values and forecasts, and writes the table accuracy.
   *
   * @throws IllegalArgumentException if the model has no forecasts with an observed value
   */
  public static Outcome run(SparkSession spark, RunSpec run, ModelBundle bundle, StageClock clock) {
    ServedModel model = BundleWriter.served(bundle);
    requireEvaluable(model);
    try (SeriesDataset data =
        clock.time(
            "read",
            () ->
                SeriesDataset.read(
                    spark, model.reading(run), Optional.of(model.state().codes())))) {
      return ifAny(spark, run, data, bundle, clock).orElseThrow(() -> withoutValues(model));
    }
  }

  /** The same on series that are prepared already; empty where no forecast has a value yet. */
  static Optional<Outcome> ifAny(
      SparkSession spark, RunSpec run, SeriesDataset data, ModelBundle bundle, StageClock clock) {
    ServedModel model = BundleWriter.served(bundle);
    AccuracyStage.Plan plan = plan(model);
    model.requireFits(data.layout(), data.frequency());
    RowCounts rows = clock.time("clean", data::requireSeries);
    JavaRDD<AccuracyStage.SeriesAccuracy> evaluated =
        AccuracyStage.evaluate(data.segments(), forecasts(spark, run, data, model), plan)
            .persist(StorageLevel.DISK_ONLY());
    try {
      FleetAccuracy accuracy =
          clock.time(
              "evaluate",
              () ->
                  evaluated.aggregate(
                      new FleetAccuracy(plan), FleetAccuracy::add, FleetAccuracy::merge));
      if (accuracy.values() == 0) {
        return Optional.empty();
      }
      Dataset<Row> bySeries =
          spark.createDataFrame(
              evaluated.flatMap(new AccuracyRows(plan)::of), AccuracyTable.SCHEMA);
      write(spark, TableSink.open(spark, run.output()), plan, accuracy, bySeries);
      List<String> problems = problems(accuracy, promised(bundle, model), run.evaluate());
      return Optional.of(new Outcome(model.id(), rows, accuracy, problems, drivers(bySeries)));
    } finally {
      evaluated.unpersist();
    }
  }

  private static void requireEvaluable(ServedModel model) {
    if (model.state().labels()) {
      throw new IllegalArgumentException(
          "evaluate compares forecasts, found the classifier " + model.id());
    }
    if (model.state().frequency().equals(ServingState.ROWS)) {
      throw new SettingException(
          "clean.grid", "evaluate needs series on a grid, found clean.grid = rows");
    }
  }

  private static AccuracyStage.Plan plan(ServedModel model) {
    requireEvaluable(model);
    List<Double> levels =
        model.state().servedBaseline().map(ServedBaseline::levels).orElseGet(() -> levels(model));
    return new AccuracyStage.Plan(
        model.state().layout().channels(),
        levels,
        model.state().window().horizon(),
        model.state().season(),
        model.id());
  }

  private static List<Double> levels(ServedModel model) {
    try (WindowForecaster forecaster = model.factory().open()) {
      return forecaster.quantileLevels();
    }
  }

  /** Those of the model from origins in the window; only their partitions are read. */
  private static Dataset<Row> forecasts(
      SparkSession spark, RunSpec run, SeriesDataset data, ServedModel model) {
    Dataset<Row> all =
        new TableReader(spark, run.output())
            .read(ForecastsTable.TABLE)
            .where(col(ForecastsTable.MODEL_ID).equalTo(model.id()));
    Optional<Timestamp> first =
        run.evaluate().window().isZero()
            ? Optional.empty()
            : Serving.newestEnd(data)
                .map(newest -> Timestamp.from(newest.minus(run.evaluate().window())));
    PartitionPeriod period = data.frequency().map(PartitionPeriod::of).orElse(PartitionPeriod.DAY);
    return first
        .map(
            from ->
                all.where(col(ForecastsTable.ORIGIN_DATE).geq(period.of(from)))
                    .where(col(ForecastsTable.ORIGIN).geq(from)))
        .orElse(all);
  }

  private static IllegalArgumentException withoutValues(ServedModel model) {
    return new IllegalArgumentException(
        "no forecast of model "
            + model.id()
            + " has an observed value yet: run longcast forecast, and evaluate once the source"
            + " holds values of the time that was forecast");
  }

  private static void write(
      SparkSession spark,
      TableSink sink,
      AccuracyStage.Plan plan,
      FleetAccuracy accuracy,
      Dataset<Row> bySeries) {
    Dataset<Row> fleet =
        spark.createDataFrame(new AccuracyRows(plan).of(accuracy), AccuracyTable.SCHEMA);
    sink.replace(
        fleet.unionByName(bySeries),
        AccuracyTable.TABLE,
        Map.of(AccuracyTable.MODEL_ID, plan.modelId()));
  }

  /** Metrics that the evaluation of the training found for what forecasts. */
  private static Map<String, Double> promised(ModelBundle bundle, ServedModel model) {
    Map<String, Map<String, Double>> all = bundle.manifest().metrics();
    return model
        .state()
        .servedBaseline()
        .map(best -> all.getOrDefault(best.baseline().word(), Map.of()))
        .orElseGet(() -> ofNetwork(all));
  }

  /** Of the one that is no baseline. */
  private static Map<String, Double> ofNetwork(Map<String, Map<String, Double>> all) {
    Set<String> baselines =
        Stream.of(Baseline.values()).map(Baseline::word).collect(Collectors.toSet());
    return all.entrySet().stream()
        .filter(model -> !baselines.contains(model.getKey()))
        .map(Map.Entry::getValue)
        .filter(metrics -> metrics.containsKey("mase"))
        .findFirst()
        .orElse(Map.of());
  }

  /** What is worse than promised, with the setting that says so. */
  static List<String> problems(
      FleetAccuracy accuracy, Map<String, Double> promised, AccuracySpec limits) {
    List<String> problems = new ArrayList<>();
    if (accuracy.values() < limits.minValues()) {
      return problems;
    }
    double mase = value(accuracy, "mase");
    double most = promised.getOrDefault("mase", Double.NaN) * (1 + limits.maxMaseIncrease());
    if (mase > most) {
      problems.add(
          words(
              "MASE %.3f, promised %.3f: above %.3f (evaluate.maxMaseIncrease)",
              mase, promised.get("mase"), most));
    }
    double coverage = value(accuracy, "coverage_95");
    double least = promised.getOrDefault("coverage_95", Double.NaN) - limits.maxCoverageLoss();
    if (coverage < least) {
      problems.add(
          words(
              "coverage of the 95 %% interval %.3f, promised %.3f: below %.3f"
                  + " (evaluate.maxCoverageLoss)",
              coverage, promised.get("coverage_95"), least));
    }
    return problems;
  }

  private static double value(FleetAccuracy accuracy, String name) {
    return accuracy.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .mapToDouble(Metric::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static List<String> drivers(Dataset<Row> bySeries) {
    return bySeries
        .where(col(AccuracyTable.METRIC).equalTo("mase").and(col(AccuracyTable.VALUE).isNotNull()))
        .orderBy(
            col(AccuracyTable.VALUE).desc(),
            col(AccuracyTable.SERIES_ID),
            col(AccuracyTable.CHANNEL))
        .limit(DRIVERS)
        .collectAsList()
        .stream()
        .map(
            row ->
                words(
                    "%s %s: MASE %.3f over %d windows",
                    row.getAs(AccuracyTable.SERIES_ID),
                    row.getAs(AccuracyTable.CHANNEL),
                    row.getAs(AccuracyTable.VALUE),
                    row.getAs(AccuracyTable.COUNT)))
        .toList();
  }

  private static String words(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

package io.longcast.flow;

import io.longcast.config.RunSpec;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.ForecastsTable;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The whole way on a generated fleet: generate, train, forecast, detect. The source is read and
 * cleaned once for all three.
 */
public final class DemoFlow {
  private DemoFlow() {}

  /**
   * What the demo came to.
   *
   * @param training the model and how it compares
   * @param forecasts rows of the forecasts table with a forecast
   * @param scored rows of the anomalies table
   * @param alarms rows of the anomalies table that are anomalies
   * @param labelledAlarms alarms inside a labelled fault of their series and channel
   * @param labels labelled faults
   * @param seconds wall seconds by stage
   */
  public record Outcome(
      TrainOutcome training,
      long forecasts,
      long scored,
      long alarms,
      long labelledAlarms,
      long labels,
      Map<String, Double> seconds) {}

  /** Runs the demo; tables and model go to the run's output folder. */
  public static Outcome run(SparkSession spark, RunSpec settings, StageClock clock) {
    GenerateFlow.Written written =
        clock.time(
            "generate",
            () -> GenerateFlow.run(spark, settings.generate(), settings.output().path()));
    RunSpec run = settings.withSource(written.format(), written.observations());
    TrainOutcome training = trainForecastDetect(spark, run, clock);
    return clock.time("summary", () -> outcome(spark, run, written, training, clock));
  }

  private static TrainOutcome trainForecastDetect(
      SparkSession spark, RunSpec run, StageClock clock) {
    try (Prepared data = clock.time("read", () -> Prepared.of(spark, run, Optional.empty()))) {
      TrainOutcome training = TrainFlow.run(spark, run, data, false, clock);
      ForecastFlow.run(spark, run, data, training.model(), clock);
      DetectFlow.run(spark, run, data, training.model(), clock);
      return training;
    }
  }

  private static Outcome outcome(
      SparkSession spark,
      RunSpec run,
      GenerateFlow.Written written,
      TrainOutcome training,
      StageClock clock) {
    String id = training.model().id();
    Dataset<Row> forecasts = table(spark, run, ForecastsTable.TABLE.name(), id);
    Dataset<Row> anomalies = table(spark, run, AnomaliesTable.TABLE.name(), id);
    Dataset<Row> alarms = anomalies.where(functions.col(AnomaliesTable.IS_ANOMALY));
    Dataset<Row> labels = spark.read().parquet(written.labels()).as("label");
    Dataset<Row> hits =
        alarms
            .as("alarm")
            .join(
                labels,
                functions
                    .expr("alarm.series_id = label.series_id")
                    .and(functions.expr("label.channel is null or label.channel = alarm.channel"))
                    .and(functions.expr("alarm.timestamp >= label.start"))
                    .and(functions.expr("alarm.timestamp < label.end")),
                "left_semi");
    return new Outcome(
        training,
        forecasts.where(functions.col(ForecastsTable.FORECAST).isNotNull()).count(),
        anomalies.count(),
        alarms.count(),
        hits.count(),
        labels.count(),
        clock.seconds());
  }

  private static Dataset<Row> table(SparkSession spark, RunSpec run, String name, String modelId) {
    return spark
        .read()
        .format(run.output().format())
        .load(run.output().table(name))
        .where(functions.col(ForecastsTable.MODEL_ID).equalTo(modelId));
  }
}

package io.longcast.flow;

import io.longcast.config.RunSpec;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.StageClock;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.ForecastsTable;
import io.longcast.table.TableShape;
import io.longcast.write.FolderSink;
import io.longcast.write.TableReader;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private static final int ECHO = 24;

  private DemoFlow() {}

  /**
   * The results of the demo.
   *
   * @param run the settings, with the generated sample as its source
   * @param training the model and how it compares
   * @param forecasts rows of the forecasts table with a forecast
   * @param scored rows of the anomalies table
   * @param alarms rows of the anomalies table that are anomalies
   * @param faults events compared with the labelled faults after the warm-up
   * @param falseEventsPerWeek false events and echoes per series and week that was scored
   * @param examples a few lines of the events table
   * @param seconds wall seconds by stage
   */
  public record Outcome(
      RunSpec run,
      TrainOutcome training,
      long forecasts,
      long scored,
      long alarms,
      FaultReport faults,
      double falseEventsPerWeek,
      List<String> examples,
      Map<String, Double> seconds) {}

  /**
   * Runs the demo; tables and model go to the run's output folder.
   *
   * @param resume whether the training resumes from its newest checkpoint
   */
  public static Outcome run(
      SparkSession spark, RunSpec settings, boolean resume, StageClock clock) {
    GenerateFlow.Written written =
        clock.time(
            "generate",
            () -> GenerateFlow.run(spark, settings.generate(), settings.output().path()));
    RunSpec run = settings.withSource(written.format(), written.observations());
    TrainOutcome training = trainForecastDetect(spark, run, resume, clock);
    RunSpec chosen = run.withWindows(training.model().state().window(), run.split());
    return clock.time("summary", () -> outcome(spark, chosen, written, training, clock));
  }

  private static TrainOutcome trainForecastDetect(
      SparkSession spark, RunSpec run, boolean resume, StageClock clock) {
    try (SeriesDataset data =
        clock.time("read", () -> SeriesDataset.read(spark, run, Optional.empty()))) {
      TrainOutcome training = TrainFlow.run(spark, run, data, resume, clock);
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
    Dataset<Row> forecasts = table(spark, run, ForecastsTable.TABLE, id);
    Dataset<Row> anomalies = table(spark, run, AnomaliesTable.TABLE, id);
    Dataset<Row> alarms = anomalies.where(functions.col(AnomaliesTable.IS_ANOMALY));
    Dataset<Row> events = table(spark, run, EventsTable.TABLE, id);
    FaultReport faults = faults(spark, run, written, events);
    return new Outcome(
        run,
        training,
        forecasts.where(functions.col(ForecastsTable.FORECAST).isNotNull()).count(),
        anomalies.count(),
        alarms.count(),
        faults,
        (faults.falseEvents() + faults.echoes()) / scoredWeeks(run),
        examples(events),
        clock.seconds());
  }

  /** Faults that begin before a series is scored are not counted. */
  private static FaultReport faults(
      SparkSession spark, RunSpec run, GenerateFlow.Written written, Dataset<Row> events) {
    Duration interval = run.generate().interval();
    Instant scored = Instant.parse(run.generate().start()).plus(interval.multipliedBy(warmUp(run)));
    Dataset<Row> labels =
        FolderSink.read(spark, "parquet", written.labels())
            .where(functions.col("start").geq(Timestamp.from(scored)));
    int channels = run.source().valueColumns().size();
    return FaultReport.of(labels, events, interval, channels, interval.multipliedBy(ECHO));
  }

  private static double scoredWeeks(RunSpec run) {
    double seconds = run.generate().interval().toMillis() / 1000.0;
    long steps = run.generate().steps() - warmUp(run);
    return run.generate().series() * steps * seconds / (7 * 86_400);
  }

  private static long warmUp(RunSpec run) {
    int warmUp =
        run.anomaly().warmUp() == 0 ? run.window().contextLength() : run.anomaly().warmUp();
    return Math.min(warmUp, run.generate().steps() / 2);
  }

  /** The event of the highest score of each kind; ties go by series and start. */
  private static List<String> examples(Dataset<Row> events) {
    return events
        .groupBy(EventsTable.KIND)
        .agg(
            functions.max_by(
                functions.concat_ws(
                    "  ",
                    functions.col(EventsTable.SERIES_ID),
                    functions.col(EventsTable.START),
                    functions.col(EventsTable.KIND),
                    functions.col(EventsTable.EVIDENCE)),
                functions.struct(
                    functions.col(EventsTable.PEAK_SCORE),
                    functions.col(EventsTable.SERIES_ID),
                    functions.col(EventsTable.START))))
        .orderBy(EventsTable.KIND)
        .collectAsList()
        .stream()
        .map(row -> row.getString(1))
        .toList();
  }

  private static Dataset<Row> table(
      SparkSession spark, RunSpec run, TableShape table, String modelId) {
    return new TableReader(spark, run.output())
        .read(table)
        .where(functions.col(ForecastsTable.MODEL_ID).equalTo(modelId));
  }
}

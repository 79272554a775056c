package io.longcast.flow;

import io.longcast.anomaly.DetectPlan;
import io.longcast.anomaly.DetectStage;
import io.longcast.clean.Reconciliation;
import io.longcast.config.RunSpec;
import io.longcast.series.Frequency;
import io.longcast.table.AnomaliesTable;
import io.longcast.write.TableSink;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Scores every observed value of a source with a trained model. */
public final class DetectFlow {
  private static final double WEEK = 7 * 86_400;

  private DetectFlow() {}

  /**
   * What was done.
   *
   * @param modelId the model
   * @param rows account of the input rows
   */
  public record Outcome(String modelId, Reconciliation rows) {}

  /** Reads, cleans, scores, and writes the anomalies table. */
  public static Outcome run(SparkSession spark, RunSpec run, ServedModel model, StageClock clock) {
    try (Prepared data =
        clock.time("read", () -> Prepared.of(spark, run, Optional.of(model.state().codes())))) {
      return run(spark, run, data, model, clock);
    }
  }

  /** The same on series that are prepared already. */
  static Outcome run(
      SparkSession spark, RunSpec run, Prepared data, ServedModel model, StageClock clock) {
    model.requireFits(data.layout(), data.clean().frequency());
    TableSink sink = TableSink.open(spark, run.output());
    Reconciliation rows = clock.time("clean", () -> data.account(sink));
    DetectPlan plan = plan(run, model, data.clean().frequency());
    Dataset<Row> anomalies = DetectStage.detect(spark, data.segments(), plan);
    clock.time(
        "detect",
        () ->
            sink.replace(
                anomalies, AnomaliesTable.TABLE, Map.of(AnomaliesTable.MODEL_ID, model.id())));
    return new Outcome(model.id(), rows);
  }

  private static DetectPlan plan(RunSpec run, ServedModel model, Optional<Frequency> frequency) {
    return new DetectPlan(
        model.state().cutter(),
        model.factory(),
        model.state().calibration(),
        model.state().tails(),
        run.anomaly(),
        stepsPerWeek(frequency),
        model.id());
  }

  /** Steps of the grid in a week; rows without a grid are taken for hours. */
  static double stepsPerWeek(Optional<Frequency> frequency) {
    return WEEK / frequency.map(Frequency::meanSeconds).orElse(3600.0);
  }
}

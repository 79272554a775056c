package io.longcast.flow;

import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.LabelledThresholds;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.StageClock;
import io.longcast.pipeline.TrainedModel;
import io.longcast.pipeline.TrainingPipeline;
import io.longcast.table.BacktestTable;
import io.longcast.table.TrainingHistoryTable;
import io.longcast.train.HistoryRows;
import io.longcast.write.TableSink;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Trains on a source, writes the tables of the training and promotes its model. */
public final class TrainFlow {
  private TrainFlow() {}

  /**
   * Reads the source of a run and trains on it.
   *
   * @param resume whether to resume from the newest checkpoint
   */
  public static TrainOutcome run(
      SparkSession spark, RunSpec run, boolean resume, StageClock clock) {
    LabelledThresholds.requireLabels(run);
    RunSpec reading = LabelledThresholds.reading(run);
    try (SeriesDataset data =
        clock.time("read", () -> SeriesDataset.read(spark, reading, Optional.empty()))) {
      return run(spark, run, data, resume, clock);
    }
  }

  /** The same on series that are prepared already, without codes of an earlier model. */
  static TrainOutcome run(
      SparkSession spark, RunSpec run, SeriesDataset data, boolean resume, StageClock clock) {
    TrainOutcome trained = train(spark, run, data, resume, clock);
    boolean promoted =
        new ModelStore(spark, run).promoteThroughGate(trained.model().id(), trained.serves());
    Optional<String> tracked = track(run, trained, promoted, clock);
    return new TrainOutcome(trained.trained(), promoted, trained.rows(), clock.seconds(), tracked);
  }

  /** Logs a training once it is decided whether its model serves. */
  static Optional<String> track(
      RunSpec run, TrainOutcome trained, boolean promoted, StageClock clock) {
    return TrackFlow.log(
        run, trained.trained().bundle(), trained.training().history(), promoted, clock);
  }

  /** The same without promoting the model: it is saved, and its tables are written. */
  static TrainOutcome train(
      SparkSession spark, RunSpec run, SeriesDataset data, boolean resume, StageClock clock) {
    TableSink sink = TableSink.open(spark, run.output());
    RowCounts rows = clock.time("clean", () -> SeriesTables.write(data, sink));
    TrainedModel trained = new TrainingPipeline(spark, run, resume, clock).train(data);
    ModelStore store = new ModelStore(spark, run);
    clock.time("publish", () -> store.save(trained.bundle()));
    String id = trained.model().id();
    MetricRows.write(spark, sink, id, trained.evaluation());
    sink.replace(
        BacktestRows.ofValidation(spark, id, trained.evaluation()),
        BacktestTable.TABLE,
        Map.of(BacktestTable.MODEL_ID, id));
    sink.replace(
        HistoryRows.of(spark, id, trained.training()),
        TrainingHistoryTable.TABLE,
        Map.of(TrainingHistoryTable.MODEL_ID, id));
    clock.time("reference", () -> DriftFlow.writeReference(spark, run, data, trained, sink));
    return new TrainOutcome(trained, false, rows, clock.seconds(), Optional.empty());
  }
}

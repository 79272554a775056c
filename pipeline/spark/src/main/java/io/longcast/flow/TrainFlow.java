package io.longcast.flow;

import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.LabelledThreshold;
import io.longcast.anomaly.ScoreCalibration;
import io.longcast.anomaly.ScoreCalibrationStage;
import io.longcast.backtest.CompareStage;
import io.longcast.backtest.Comparison;
import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.forecast.AdaptStage;
import io.longcast.forecast.ForecastSpec;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.IntervalCalibrationStage;
import io.longcast.model.ForecasterFactory;
import io.longcast.shard.ShardedBlocks;
import io.longcast.table.TrainingHistoryTable;
import io.longcast.train.HistoryRows;
import io.longcast.train.TrainingResult;
import io.longcast.window.Split;
import io.longcast.write.TableSink;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Trains one network over all series of a source, compares it with the baselines, calibrates it and
 * publishes its bundle.
 */
public final class TrainFlow {
  private final SparkSession spark;
  private final RunSpec run;
  private final boolean resume;
  private final StageClock clock;

  private TrainFlow(SparkSession spark, RunSpec run, boolean resume, StageClock clock) {
    this.spark = spark;
    this.run = run;
    this.resume = resume;
    this.clock = clock;
  }

  /**
   * Runs the flow.
   *
   * @param resume whether to go on from the newest checkpoint
   */
  public static TrainOutcome run(
      SparkSession spark, RunSpec run, boolean resume, StageClock clock) {
    try (SeriesDataset data =
        clock.time("read", () -> SeriesDataset.of(spark, run, Optional.empty()))) {
      return run(spark, run, data, resume, clock);
    }
  }

  /** The same on series that are prepared already, without codes of an earlier model. */
  public static TrainOutcome run(
      SparkSession spark, RunSpec run, SeriesDataset data, boolean resume, StageClock clock) {
    return new TrainFlow(spark, run, resume, clock).run(data);
  }

  private TrainOutcome run(SeriesDataset data) {
    LabelledThresholds.requireLabels(run);
    TableSink sink = TableSink.open(spark, run.output());
    ModelStore store = new ModelStore(spark, run);
    RowCounts rows = clock.time("clean", () -> data.account(sink));
    ResolvedConfig plan = clock.time("resolve", () -> ResolvedConfig.of(run, data));
    Fit fit = fit(data, plan);
    ServingState state = plan.serving(fit.calibration(), fit.scores(), fit.threshold());
    ServedModel model =
        clock.time("publish", () -> store.save(plan, fit.kept(), state, fit.comparison(), rows));
    MetricRows.write(spark, sink, model.id(), fit.comparison());
    sink.replace(
        HistoryRows.of(spark, model.id(), fit.kept()),
        TrainingHistoryTable.TABLE,
        Map.of(TrainingHistoryTable.MODEL_ID, model.id()));
    boolean promoted = store.promoteThroughGate(model.id(), fit.comparison().subjectWins());
    return new TrainOutcome(model, promoted, rows, fit.comparison(), fit.kept(), clock.seconds());
  }

  /** Trains, compares and calibrates on the split, then trains again on all rows if asked to. */
  private Fit fit(SeriesDataset data, ResolvedConfig plan) {
    NetworkTraining training = new NetworkTraining(spark, resume, clock);
    try (ShardedBlocks blocks =
        training.pack(plan, plan.run().split(), data.segments(), data.layout())) {
      TrainingResult first = training.first(plan, blocks);
      ForecasterFactory model = plan.model(first.parameters());
      IntervalCalibration calibration =
          clock.time("calibrate", () -> calibration(blocks, plan, model));
      Comparison comparison =
          clock.time("compare", () -> compare(blocks, plan, model, calibration));
      DetectorContext detect =
          new DetectorContext(plan.cutter(), model, calibration, plan.season(), run.anomaly());
      int holdout = plan.run().split().holdoutSteps();
      ScoreCalibration scores =
          clock.time(
              "scores", () -> ScoreCalibrationStage.calibrate(data.segments(), detect, holdout));
      LabelledThreshold threshold =
          clock.time(
              "threshold",
              () -> LabelledThresholds.choose(spark, run, data, detect, scores, holdout));
      TrainingResult kept = training.refit(plan, data.segments(), data.layout(), first);
      IntervalCalibration served =
          clock.time("adapt", () -> adapted(blocks, plan, model, calibration));
      return new Fit(kept, served, comparison, scores, threshold);
    }
  }

  private record Fit(
      TrainingResult kept,
      IntervalCalibration calibration,
      Comparison comparison,
      ScoreCalibration scores,
      LabelledThreshold threshold) {}

  private IntervalCalibration calibration(
      ShardedBlocks blocks, ResolvedConfig plan, ForecasterFactory model) {
    return IntervalCalibrationStage.collect(
            blocks.blocks(), plan.cutter(), plan.run().split(), model)
        .calibration(run.forecast().calibration(), 1.0 / plan.cutter().window().horizon());
  }

  /** What is served has also seen what came at the validation origins. */
  private IntervalCalibration adapted(
      ShardedBlocks blocks,
      ResolvedConfig plan,
      ForecasterFactory model,
      IntervalCalibration calibration) {
    if (calibration.levels().isEmpty()
        || run.forecast().calibration() == ForecastSpec.Calibrate.OFF) {
      return calibration;
    }
    return AdaptStage.adapt(
        blocks.blocks(),
        plan.cutter(),
        plan.run().split(),
        model,
        calibration,
        run.forecast().adaptive().rate());
  }

  private Comparison compare(
      ShardedBlocks blocks,
      ResolvedConfig plan,
      ForecasterFactory model,
      IntervalCalibration calibration) {
    return CompareStage.compare(
        blocks.blocks(),
        new CompareStage.Plan(
            plan.cutter(),
            plan.run().split(),
            Split.VALIDATION,
            plan.run().split(),
            plan.withBaselines(model),
            calibration,
            plan.season()));
  }
}

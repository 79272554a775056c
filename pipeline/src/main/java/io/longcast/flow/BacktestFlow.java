package io.longcast.flow;

import io.longcast.backtest.CompareStage;
import io.longcast.backtest.Comparison;
import io.longcast.backtest.ModelScores;
import io.longcast.clean.Reconciliation;
import io.longcast.config.RunSpec;
import io.longcast.evaluate.SkillInterval;
import io.longcast.forecast.AdaptStage;
import io.longcast.forecast.CalibrationStage;
import io.longcast.forecast.ForecastSpec;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.ForecasterFactory;
import io.longcast.table.BacktestTable;
import io.longcast.train.CheckpointSpec;
import io.longcast.train.TrainingResult;
import io.longcast.train.TrainingSpec;
import io.longcast.window.ShardStage;
import io.longcast.window.ShardedBlocks;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.write.TableSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Trains and forecasts at rolling origins, {@code split.folds} of them a horizon apart, and
 * compares with the baselines. Nothing is published; the table metrics gets a row a fold, the table
 * backtest one for each series, step and skill.
 *
 * <p>Leak-proof by construction: a fold trains with everything from its origin on held out.
 * Intervals are calibrated before the first fold and follow what comes from fold to fold.
 */
public final class BacktestFlow {
  private final SparkSession spark;
  private final RunSpec run;
  private final StageClock clock;

  /** Correction of the intervals as the folds so far have left it; null before the first. */
  private IntervalCalibration rolling;

  private BacktestFlow(SparkSession spark, RunSpec run, StageClock clock) {
    this.spark = spark;
    this.run = run;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param rows account of the input rows
   * @param together all folds as one
   * @param folds each apart, the oldest first
   * @param skills by baseline, with bootstrap intervals over series
   */
  public record Outcome(
      Reconciliation rows,
      Comparison together,
      List<Comparison> folds,
      Map<String, SkillInterval> skills) {}

  /**
   * Runs the backtest.
   *
   * @throws IllegalArgumentException if no fold is asked for
   */
  public static Outcome run(SparkSession spark, RunSpec run, StageClock clock) {
    if (run.split().folds() < 1) {
      throw new IllegalArgumentException(
          "a backtest needs folds >= 1, found " + run.split().folds() + " (key split.folds)");
    }
    return new BacktestFlow(spark, run, clock).run();
  }

  private Outcome run() {
    TableSink sink = TableSink.open(spark, run.output());
    try (Prepared data = clock.time("read", () -> Prepared.of(spark, run, Optional.empty()))) {
      Reconciliation rows = clock.time("clean", () -> data.account(sink));
      Resolved plan = clock.time("resolve", () -> Resolved.of(run, data));
      List<Comparison> folds = folds(data, plan);
      Comparison together = Comparison.merged(folds);
      Map<String, SkillInterval> skills = skills(together);
      String id = "backtest-" + run.name();
      MetricRows.write(spark, sink, id, together, folds);
      sink.replace(
          BacktestRows.of(spark, id, together, folds, skills),
          BacktestTable.TABLE,
          Map.of(BacktestTable.MODEL_ID, id));
      return new Outcome(rows, together, folds, skills);
    }
  }

  /** One comparison an origin; one network serves them all unless each has its own. */
  private List<Comparison> folds(Prepared data, Resolved plan) {
    List<Comparison> folds = new ArrayList<>();
    if (!run.backtest().refit()) {
      trained(data, plan, plan.run().split(), "backtest", fold -> folds.addAll(fold.all()));
      return folds;
    }
    for (int back = run.split().folds() - 1; back >= 0; back--) {
      SplitSpec split = before(plan, back);
      String stage = "backtest-" + (run.split().folds() - back);
      trained(data, plan, split, stage, fold -> folds.add(fold.compare(split)));
    }
    return folds;
  }

  /** One fold whose target ends {@code back} horizons before the end of what is known. */
  private SplitSpec before(Resolved plan, int back) {
    SplitSpec split = plan.run().split();
    return new SplitSpec(
        1,
        split.calibrationFolds(),
        split.evaluationStride(),
        split.minContext(),
        split.holdoutSteps() + back * plan.run().window().horizon());
  }

  /** Trains on a split and hands the network over while its data are at hand. */
  private void trained(
      Prepared data, Resolved plan, SplitSpec split, String stage, Consumer<Fold> then) {
    ShardedBlocks blocks =
        ShardStage.shard(
                data.segments(),
                data.layout(),
                plan.cutter().window(),
                split,
                run.training().shards())
            .cache();
    try {
      TrainingResult trained =
          clock.time(
              "train",
              () ->
                  new NetworkTraining(spark, false, clock)
                      .train(plan, blocks, split, withoutCheckpoints(), stage));
      then.accept(new Fold(blocks, plan, split, trained));
    } finally {
      blocks.unpersist();
    }
  }

  /** A trained network with what it is compared on. */
  private final class Fold {
    private final ShardedBlocks blocks;
    private final Resolved plan;
    private final ForecasterFactory model;

    Fold(ShardedBlocks blocks, Resolved plan, SplitSpec split, TrainingResult trained) {
      this.blocks = blocks;
      this.plan = plan;
      model = plan.model(trained.parameters());
      IntervalCalibration own =
          CalibrationStage.collect(blocks.blocks(), plan.cutter(), split, model)
              .calibration(run.forecast().calibration(), 1.0 / plan.cutter().window().horizon());
      rolling = rolling == null ? own : own.adaptedAs(rolling);
    }

    /** Every origin of the run, the oldest first. */
    List<Comparison> all() {
      List<Comparison> folds = new ArrayList<>();
      for (int back = run.split().folds() - 1; back >= 0; back--) {
        folds.add(compare(before(plan, back)));
      }
      return folds;
    }

    Comparison compare(SplitSpec split) {
      CompareStage.Plan what =
          new CompareStage.Plan(
              plan.cutter(),
              split,
              Split.VALIDATION,
              plan.withBaselines(model),
              rolling,
              plan.season());
      Comparison compared =
          clock.time("compare", () -> CompareStage.compare(blocks.blocks(), what));
      adapt(split);
      return compared;
    }

    /** The next fold's intervals know what came at this one's origin. */
    private void adapt(SplitSpec split) {
      ForecastSpec how = run.forecast();
      if (how.calibration() != ForecastSpec.Calibrate.OFF && !rolling.levels().isEmpty()) {
        rolling =
            AdaptStage.adapt(
                blocks.blocks(), plan.cutter(), split, model, rolling, how.adaptive().rate());
      }
    }
  }

  private TrainingSpec withoutCheckpoints() {
    CheckpointSpec asked = run.training().checkpoint();
    return run.training()
        .withCheckpoint(
            new CheckpointSpec(
                Optional.empty(), asked.everyRounds(), asked.every(), asked.retained()));
  }

  private Map<String, SkillInterval> skills(Comparison together) {
    Map<String, SkillInterval> skills = new LinkedHashMap<>();
    for (ModelScores baseline : together.baselines()) {
      skills.put(
          baseline.name(),
          SkillInterval.bootstrap(
              together.subject().absoluteErrors(),
              baseline.absoluteErrors(),
              run.backtest().confidence(),
              run.backtest().resamples(),
              run.seed()));
    }
    return skills;
  }
}

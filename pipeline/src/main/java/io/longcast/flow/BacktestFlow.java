package io.longcast.flow;

import io.longcast.backtest.CompareStage;
import io.longcast.backtest.Comparison;
import io.longcast.backtest.ModelScores;
import io.longcast.clean.Reconciliation;
import io.longcast.config.RunSpec;
import io.longcast.evaluate.SkillInterval;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.ForecasterFactory;
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
import org.apache.spark.sql.SparkSession;

/**
 * Trains and forecasts at rolling origins, {@code split.folds} of them a horizon apart, and
 * compares with the baselines. Nothing is published; the metrics table gets a row a fold.
 *
 * <p>Leak-proof by construction: a fold trains with everything from its origin on held out.
 */
public final class BacktestFlow {
  private final SparkSession spark;
  private final RunSpec run;
  private final StageClock clock;

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
      MetricRows.write(spark, sink, "backtest-" + run.name(), together, folds);
      return new Outcome(rows, together, folds, skills(together));
    }
  }

  /** One comparison an origin, or one over all of them where the network is trained once. */
  private List<Comparison> folds(Prepared data, Resolved plan) {
    if (!run.backtest().refit()) {
      return List.of(fold(data, plan, plan.run().split(), "backtest"));
    }
    List<Comparison> folds = new ArrayList<>();
    for (int back = run.split().folds() - 1; back >= 0; back--) {
      folds.add(fold(data, plan, before(plan, back), "backtest-" + (run.split().folds() - back)));
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

  private Comparison fold(Prepared data, Resolved plan, SplitSpec split, String stage) {
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
      return clock.time("compare", () -> compare(blocks, plan, split, trained));
    } finally {
      blocks.unpersist();
    }
  }

  private TrainingSpec withoutCheckpoints() {
    CheckpointSpec asked = run.training().checkpoint();
    return run.training()
        .withCheckpoint(
            new CheckpointSpec(
                Optional.empty(), asked.everyRounds(), asked.every(), asked.retained()));
  }

  private Comparison compare(
      ShardedBlocks blocks, Resolved plan, SplitSpec split, TrainingResult trained) {
    ForecasterFactory model = plan.model(trained.parameters());
    return CompareStage.compare(
        blocks.blocks(),
        new CompareStage.Plan(
            plan.cutter(),
            split,
            Split.VALIDATION,
            plan.withBaselines(model),
            IntervalCalibration.none(plan.spec().output().quantileLevels()),
            plan.season()));
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

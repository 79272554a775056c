package io.longcast.pipeline;

import io.longcast.backtest.Evaluation;
import io.longcast.backtest.Skill;
import io.longcast.config.RunSpec;
import io.longcast.settings.SettingException;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.CheckpointSpec;
import io.longcast.train.TrainingSpec;
import io.longcast.window.SplitSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * Trains and predicts at rolling origins and compares with baselines. The {@code split.folds}
 * horizons of validation are one fold each, or divided into {@code backtest.folds} folds.
 *
 * <p>Free of leaks by construction: a fold trains with everything from its origin on held out. What
 * is shared by all folds (windows and network as chosen from the data) comes from what lies before
 * the oldest origin. The names of the classes are taken as known.
 */
public final class Backtest {
  /** Folds of a classifier, whose horizon may be a single step. */
  private static final int CLASS_FOLDS = 4;

  private final SparkSession spark;
  private final RunSpec run;
  private final StageClock clock;

  /**
   * @param run its settings as {@link LabelledThresholds#reading} gives them
   * @throws IllegalArgumentException if no fold is requested
   */
  public Backtest(SparkSession spark, RunSpec run, StageClock clock) {
    if (run.split().folds() < 1) {
      throw new SettingException(
          "split.folds", "a backtest needs folds >= 1, found " + run.split().folds());
    }
    this.spark = spark;
    this.run = run;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param together all folds as one
   * @param folds each on its own, the oldest first
   * @param skills against each baseline, with bootstrap intervals over series
   */
  public record Result<V extends Evaluation>(V together, List<V> folds, List<Skill> skills) {}

  /** Runs all folds of a task. */
  public <V extends Evaluation> Result<V> run(EvaluationTask<V> task) {
    List<V> folds = folds(task);
    V together = task.merged(folds);
    return new Result<>(together, folds, together.skills(run.backtest(), run.seed()));
  }

  /** One comparison an origin; one network serves them all unless each has its own. */
  private <V extends Evaluation> List<V> folds(EvaluationTask<V> task) {
    List<SplitSpec> folds = splits(task.plan().run());
    if (!run.backtest().refit()) {
      return trained(task, task.plan().run().split(), "backtest", folds);
    }
    List<V> compared = new ArrayList<>();
    for (SplitSpec fold : folds) {
      String stage = "backtest-" + (compared.size() + 1);
      compared.addAll(trained(task, fold, stage, List.of(fold)));
    }
    return compared;
  }

  /** The folds, the oldest first: each validates on its own steps and holds out what is later. */
  static List<SplitSpec> splits(RunSpec run) {
    SplitSpec split = run.split();
    int horizons = split.folds();
    int asked = run.backtest().folds();
    int usual = run.isClassifier() ? CLASS_FOLDS : horizons;
    int count = Math.min(horizons, asked > 0 ? asked : usual);
    List<SplitSpec> folds = new ArrayList<>();
    for (int fold = 0; fold < count; fold++) {
      int from = (int) ((long) horizons * fold / count);
      int to = (int) ((long) horizons * (fold + 1) / count);
      folds.add(
          new SplitSpec(
              to - from,
              split.calibrationFolds(),
              split.evaluationStride(),
              split.minContext(),
              split.holdoutSteps() + (horizons - to) * run.window().horizon()));
    }
    return folds;
  }

  /** Trains on a split and compares at the origins of folds while the data are at hand. */
  private <V extends Evaluation> List<V> trained(
      EvaluationTask<V> task, SplitSpec split, String stage, List<SplitSpec> folds) {
    NetworkTraining training = new NetworkTraining(spark, false, clock);
    try (ShardedBlocks blocks = training.pack(task, split)) {
      Function<SplitSpec, V> model =
          task.trained(
              blocks,
              split,
              plan ->
                  clock.time(
                      "train",
                      () -> training.train(plan, blocks, split, withoutCheckpoints(), stage)));
      List<V> compared = new ArrayList<>();
      for (SplitSpec fold : folds) {
        compared.add(clock.time("compare", () -> model.apply(fold)));
      }
      return compared;
    }
  }

  private TrainingSpec withoutCheckpoints() {
    CheckpointSpec asked = run.training().checkpoint();
    return run.training()
        .withCheckpoint(
            new CheckpointSpec(
                Optional.empty(), asked.everyRounds(), asked.every(), asked.retained()));
  }
}

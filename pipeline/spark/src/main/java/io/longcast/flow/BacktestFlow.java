package io.longcast.flow;

import io.longcast.backtest.ClassComparison;
import io.longcast.backtest.Comparison;
import io.longcast.backtest.Evaluation;
import io.longcast.backtest.Skill;
import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.label.LabelStage;
import io.longcast.shard.ShardedBlocks;
import io.longcast.table.BacktestTable;
import io.longcast.train.CheckpointSpec;
import io.longcast.train.TrainingSpec;
import io.longcast.window.SplitSpec;
import io.longcast.write.TableSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * Trains and predicts at rolling origins and compares with baselines. The {@code split.folds}
 * horizons of validation are one fold each, or divided into {@code backtest.folds} stretches.
 * Nothing is published; the table metrics gets a row a fold, the table backtest one for each
 * series, step and skill.
 *
 * <p>Leak-proof by construction: a fold trains with everything from its origin on held out. What is
 * more than one fold's - windows and network as chosen from the data - comes from what lies before
 * the oldest origin. The names of the classes are taken as known.
 */
public final class BacktestFlow {
  /** Folds of a classifier, whose horizon may be a single step. */
  private static final int CLASS_FOLDS = 4;

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
   * @param skills against each baseline, with bootstrap intervals over series
   */
  public record Outcome<V extends Evaluation>(
      RowCounts rows, V together, List<V> folds, List<Skill> skills) {}

  /**
   * Of forecasts.
   *
   * @throws IllegalArgumentException if no fold is asked for
   */
  public static Outcome<Comparison> forecasts(SparkSession spark, RunSpec run, StageClock clock) {
    return new BacktestFlow(spark, run, clock)
        .over(data -> new ForecastEvaluationTask(data, ResolvedConfig.of(run, data)));
  }

  /**
   * Of a classifier.
   *
   * @throws IllegalArgumentException if no fold is asked for
   */
  public static Outcome<ClassComparison> classes(
      SparkSession spark, RunSpec asked, StageClock clock) {
    RunSpec run = asked.readingLabels();
    return new BacktestFlow(spark, run, clock)
        .over(
            data -> {
              LabelStage.Result labelled =
                  LabelStage.label(spark, data.segments(), data.layout(), run.labels());
              return new ClassEvaluationTask(labelled, ResolvedConfig.of(run, data, labelled));
            });
  }

  private <V extends Evaluation> Outcome<V> over(
      Function<SeriesDataset, EvaluationTask<V>> resolve) {
    if (run.split().folds() < 1) {
      throw new IllegalArgumentException(
          "a backtest needs folds >= 1, found " + run.split().folds() + " (key split.folds)");
    }
    TableSink sink = TableSink.open(spark, run.output());
    try (SeriesDataset data =
        clock.time("read", () -> SeriesDataset.of(spark, run, Optional.empty()))) {
      RowCounts rows = clock.time("clean", () -> data.account(sink));
      EvaluationTask<V> contest = clock.time("resolve", () -> resolve.apply(data));
      List<V> folds = folds(contest);
      V together = contest.merged(folds);
      List<Skill> skills = together.skills(run.backtest(), run.seed());
      Outcome<V> done = new Outcome<>(rows, together, folds, skills);
      write(sink, done);
      return done;
    }
  }

  private void write(TableSink sink, Outcome<?> done) {
    String id = "backtest-" + run.name();
    MetricRows.write(spark, sink, id, done.together(), done.folds());
    sink.replace(
        BacktestRows.of(spark, id, done), BacktestTable.TABLE, Map.of(BacktestTable.MODEL_ID, id));
  }

  /** One comparison an origin; one network serves them all unless each has its own. */
  private <V extends Evaluation> List<V> folds(EvaluationTask<V> contest) {
    List<SplitSpec> folds = splits(contest.plan().run());
    if (!run.backtest().refit()) {
      return trained(contest, contest.plan().run().split(), "backtest", folds);
    }
    List<V> compared = new ArrayList<>();
    for (SplitSpec fold : folds) {
      String stage = "backtest-" + (compared.size() + 1);
      compared.addAll(trained(contest, fold, stage, List.of(fold)));
    }
    return compared;
  }

  /** The folds, the oldest first: each validates on its stretch and holds out what is later. */
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
      EvaluationTask<V> contest, SplitSpec split, String stage, List<SplitSpec> folds) {
    NetworkTraining training = new NetworkTraining(spark, false, clock);
    try (ShardedBlocks blocks =
        training.pack(contest.plan(), split, contest.segments(), contest.layout())) {
      Function<SplitSpec, V> model =
          contest.trained(
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

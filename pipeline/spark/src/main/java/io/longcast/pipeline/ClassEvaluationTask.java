package io.longcast.pipeline;

import io.longcast.backtest.ClassCompareStage;
import io.longcast.backtest.ClassComparison;
import io.longcast.config.RunSpec;
import io.longcast.evaluate.ClassCounts;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.ResidualQuantiles;
import io.longcast.label.LabelStage;
import io.longcast.model.ForecasterFactory;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.TrainingResult;
import io.longcast.window.SplitSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * Compares a classifier with the most frequent class. Both are learned from the training windows
 * alone.
 */
public final class ClassEvaluationTask implements EvaluationTask<ClassComparison> {
  private final LabelStage.Result labelled;
  private final StageClock clock;
  private ResolvedConfig plan;

  private ClassEvaluationTask(LabelStage.Result labelled, ResolvedConfig plan, StageClock clock) {
    this.labelled = labelled;
    this.plan = plan;
    this.clock = clock;
  }

  /** The task on prepared series, whose labels it gives them. */
  public static ClassEvaluationTask of(
      SparkSession spark, RunSpec run, SeriesDataset data, StageClock clock) {
    LabelStage.Result labelled =
        clock.time(
            "label", () -> LabelStage.label(spark, data.segments(), data.layout(), run.labels()));
    ResolvedConfig plan = clock.time("resolve", () -> ResolvedConfig.of(run, data, labelled));
    return new ClassEvaluationTask(labelled, plan, clock);
  }

  @Override
  public ResolvedConfig plan() {
    return plan;
  }

  @Override
  public JavaRDD<Segment> segments() {
    return labelled.segments();
  }

  @Override
  public Optional<JavaRDD<byte[]>> packed() {
    return Optional.empty();
  }

  @Override
  public SeriesLayout layout() {
    return labelled.layout();
  }

  @Override
  public Function<SplitSpec, ClassComparison> trained(
      ShardedBlocks blocks, SplitSpec split, Function<ResolvedConfig, TrainingResult> training) {
    ClassCounts learned =
        clock.time(
            "count",
            () ->
                ClassCompareStage.learned(
                    blocks.blocks(), plan.cutter(), split, plan.classes().size()));
    plan = plan.balanced(learned);
    ForecasterFactory model = plan.model(training.apply(plan).parameters());
    return fold ->
        ClassCompareStage.compare(
            blocks.blocks(),
            new ClassCompareStage.Plan(plan.cutter(), fold, split, model, plan.classes(), learned));
  }

  @Override
  public ServingState serving(SeriesDataset data) {
    return plan.serving(
        ResidualQuantiles.NONE, IntervalCalibration.none(List.of()), null, null, null, null);
  }

  @Override
  public ClassComparison merged(List<ClassComparison> folds) {
    return ClassComparison.merged(folds);
  }
}

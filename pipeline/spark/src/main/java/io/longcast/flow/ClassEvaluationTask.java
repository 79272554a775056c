package io.longcast.flow;

import io.longcast.backtest.ClassCompareStage;
import io.longcast.backtest.ClassComparison;
import io.longcast.evaluate.ClassCounts;
import io.longcast.label.LabelStage;
import io.longcast.model.ForecasterFactory;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.TrainingResult;
import io.longcast.window.SplitSpec;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;

/** Classes beside the most frequent one. Both are learned from the windows trained on alone. */
record ClassEvaluationTask(LabelStage.Result labelled, ResolvedConfig plan)
    implements EvaluationTask<ClassComparison> {

  @Override
  public JavaRDD<Segment> segments() {
    return labelled.segments();
  }

  @Override
  public SeriesLayout layout() {
    return labelled.layout();
  }

  @Override
  public Function<SplitSpec, ClassComparison> trained(
      ShardedBlocks blocks, SplitSpec split, Function<ResolvedConfig, TrainingResult> training) {
    ClassCounts learned =
        ClassCompareStage.learned(blocks.blocks(), plan.cutter(), split, plan.classes().size());
    ResolvedConfig balanced = plan.balanced(learned);
    ForecasterFactory model = balanced.model(training.apply(balanced).parameters());
    return fold ->
        ClassCompareStage.compare(
            blocks.blocks(),
            new ClassCompareStage.Plan(plan.cutter(), fold, split, model, plan.classes(), learned));
  }

  @Override
  public ClassComparison merged(List<ClassComparison> folds) {
    return ClassComparison.merged(folds);
  }
}

package io.longcast.flow;

import io.longcast.backtest.CompareStage;
import io.longcast.backtest.Comparison;
import io.longcast.forecast.AdaptStage;
import io.longcast.forecast.ForecastSpec;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.IntervalCalibrationStage;
import io.longcast.model.ForecasterFactory;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.TrainingResult;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;

/** Forecasts beside baselines. Intervals follow what comes from fold to fold. */
final class ForecastEvaluationTask implements EvaluationTask<Comparison> {
  private final SeriesDataset data;
  private final ResolvedConfig plan;

  /** Correction of the intervals as the folds so far have left it; null before the first. */
  private IntervalCalibration rolling;

  ForecastEvaluationTask(SeriesDataset data, ResolvedConfig plan) {
    this.data = data;
    this.plan = plan;
  }

  @Override
  public ResolvedConfig plan() {
    return plan;
  }

  @Override
  public JavaRDD<Segment> segments() {
    return data.segments();
  }

  @Override
  public SeriesLayout layout() {
    return data.layout();
  }

  @Override
  public Function<SplitSpec, Comparison> trained(
      ShardedBlocks blocks, SplitSpec split, Function<ResolvedConfig, TrainingResult> training) {
    ForecasterFactory model = plan.model(training.apply(plan).parameters());
    IntervalCalibration own =
        IntervalCalibrationStage.collect(blocks.blocks(), plan.cutter(), split, model)
            .calibration(
                plan.run().forecast().calibration(), 1.0 / plan.cutter().window().horizon());
    rolling = rolling == null ? own : own.adaptedAs(rolling);
    return fold -> compare(blocks, split, fold, model);
  }

  private Comparison compare(
      ShardedBlocks blocks, SplitSpec split, SplitSpec fold, ForecasterFactory model) {
    CompareStage.Plan what =
        new CompareStage.Plan(
            plan.cutter(),
            fold,
            Split.VALIDATION,
            split,
            plan.withBaselines(model),
            rolling,
            plan.season());
    Comparison compared = CompareStage.compare(blocks.blocks(), what);
    adapt(blocks, fold, model);
    return compared;
  }

  /** The next fold's intervals know what came at this one's origin. */
  private void adapt(ShardedBlocks blocks, SplitSpec fold, ForecasterFactory model) {
    ForecastSpec how = plan.run().forecast();
    if (how.calibration() != ForecastSpec.Calibrate.OFF && !rolling.levels().isEmpty()) {
      rolling =
          AdaptStage.adapt(
              blocks.blocks(), plan.cutter(), fold, model, rolling, how.adaptive().rate());
    }
  }

  @Override
  public Comparison merged(List<Comparison> folds) {
    return Comparison.merged(folds);
  }
}

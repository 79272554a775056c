package io.longcast.pipeline;

import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.LabelledThreshold;
import io.longcast.anomaly.ScoreCalibration;
import io.longcast.anomaly.ScoreCalibrationStage;
import io.longcast.backtest.BacktestSpec;
import io.longcast.backtest.CombinationSpec;
import io.longcast.backtest.CombinationStage;
import io.longcast.backtest.CompareStage;
import io.longcast.backtest.Comparison;
import io.longcast.config.RunSpec;
import io.longcast.forecast.AdaptStage;
import io.longcast.forecast.ForecastSpec;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.IntervalCalibrationStage;
import io.longcast.forecast.ResidualQuantiles;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.baseline.Baseline;
import io.longcast.model.combination.Combination;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.TrainingResult;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * Compares forecasts with baselines: those of the network, or of its combination with baselines.
 * Intervals are adapted from fold to fold to what was observed.
 */
public final class ForecastEvaluationTask implements EvaluationTask<Comparison> {
  private final SparkSession spark;
  private final JavaRDD<Segment> segments;
  private final Optional<JavaRDD<byte[]>> packed;
  private final SeriesLayout layout;
  private final ResolvedConfig plan;
  private final StageClock clock;

  private ForecasterFactory model;

  /** Null for the network alone. */
  private Combination combination;

  private ResidualQuantiles residuals;
  private ShardedBlocks blocks;
  private SplitSpec split;
  private Comparison compared;

  /** Correction of the network's intervals by the calibration part of the split alone. */
  private IntervalCalibration calibrated;

  /** Of what is compared, adapted to the folds evaluated so far; null before the first. */
  private IntervalCalibration rolling;

  private ForecastEvaluationTask(
      SparkSession spark, RunSpec run, SeriesDataset data, StageClock clock) {
    this.spark = spark;
    this.segments = LabelledThresholds.withoutLabels(run, data);
    this.layout = LabelledThresholds.layoutWithoutLabels(run, data);
    this.packed = layout.equals(data.layout()) ? Optional.of(data.packed()) : Optional.empty();
    this.clock = clock;
    this.plan = clock.time("resolve", () -> ResolvedConfig.of(run, data, layout, segments));
  }

  /**
   * The task on prepared series.
   *
   * @param data with the label column as the last channel where a threshold is to be chosen by it
   */
  public static ForecastEvaluationTask of(
      SparkSession spark, RunSpec run, SeriesDataset data, StageClock clock) {
    return new ForecastEvaluationTask(spark, run, data, clock);
  }

  @Override
  public ResolvedConfig plan() {
    return plan;
  }

  @Override
  public JavaRDD<Segment> segments() {
    return segments;
  }

  @Override
  public Optional<JavaRDD<byte[]>> packed() {
    return packed;
  }

  @Override
  public SeriesLayout layout() {
    return layout;
  }

  @Override
  public Function<SplitSpec, Comparison> trained(
      ShardedBlocks blocks, SplitSpec split, Function<ResolvedConfig, TrainingResult> training) {
    this.blocks = blocks;
    this.split = split;
    ForecasterFactory points = plan.model(training.apply(plan).parameters());
    residuals = clock.time("calibrate", () -> plan.residuals(blocks, split, points));
    model = residuals.on(points, plan.spec());
    calibrated = clock.time("calibrate", () -> calibration(model));
    CombinationStage.Plan learnt =
        new CombinationStage.Plan(plan.cutter(), split, plan.season(), plan.levels());
    CombinationSpec how = plan.run().backtest().combination();
    combination =
        clock
            .time("combine", () -> CombinationStage.learn(blocks.blocks(), learnt, how, model))
            .orElse(null);
    ForecasterFactory subject =
        combination == null ? model : combination.on(model, plan.season(), plan.levels());
    IntervalCalibration own =
        combination == null ? calibrated : clock.time("calibrate", () -> calibration(subject));
    rolling = rolling == null ? own : own.adaptedAs(rolling);
    return fold -> compare(blocks, split, fold, subject);
  }

  private IntervalCalibration calibration(ForecasterFactory of) {
    return IntervalCalibrationStage.collect(blocks.blocks(), plan.cutter(), split, of)
        .calibration(plan.run().forecast().calibration(), 1.0 / plan.cutter().window().horizon());
  }

  private Comparison compare(
      ShardedBlocks blocks, SplitSpec split, SplitSpec fold, ForecasterFactory trained) {
    CompareStage.Plan what =
        new CompareStage.Plan(
            plan.cutter(),
            fold,
            Split.VALIDATION,
            split,
            plan.withBaselines(trained),
            rolling,
            plan.season());
    compared = CompareStage.compare(blocks.blocks(), what);
    adapt(blocks, fold, trained);
    return compared;
  }

  /** The best baseline with calibrated intervals, where it is to serve; else null. */
  private ServedBaseline bestBaseline() {
    boolean serves =
        plan.run().backtest().gate() == BacktestSpec.Gate.SERVE_BEST
            && compared.hasWindows()
            && !compared.subjectWins();
    if (!serves) {
      return null;
    }
    Baseline best = ResolvedConfig.baseline(compared.bestBaseline().name());
    ForecasterFactory factory = ServedBaseline.factory(best, plan.season(), plan.levels());
    ForecastSpec how = plan.run().forecast();
    IntervalCalibration intervals = calibration(factory);
    if (how.calibration() != ForecastSpec.Calibrate.OFF && !intervals.levels().isEmpty()) {
      intervals =
          AdaptStage.adapt(
              blocks.blocks(), plan.cutter(), split, factory, intervals, how.adaptive().rate());
    }
    return new ServedBaseline(best, plan.levels(), intervals);
  }

  /** The next intervals know what was observed after this fold's origins. */
  private void adapt(ShardedBlocks blocks, SplitSpec fold, ForecasterFactory trained) {
    ForecastSpec how = plan.run().forecast();
    if (how.calibration() != ForecastSpec.Calibrate.OFF && !rolling.levels().isEmpty()) {
      rolling =
          AdaptStage.adapt(
              blocks.blocks(), plan.cutter(), fold, trained, rolling, how.adaptive().rate());
    }
  }

  /** Scores are calibrated with the intervals as they were before they were adapted. */
  @Override
  public ServingState serving(SeriesDataset data) {
    RunSpec run = plan.run();
    DetectorContext context =
        new DetectorContext(plan.cutter(), model, calibrated, plan.season(), run.anomaly());
    int holdout = run.split().holdoutSteps();
    ScoreCalibration scores =
        clock.time("scores", () -> ScoreCalibrationStage.calibrate(segments, context, holdout));
    LabelledThreshold threshold =
        clock.time(
            "threshold",
            () -> LabelledThresholds.choose(spark, run, data, context, scores, holdout));
    ServedBaseline baseline = clock.time("calibrate", this::bestBaseline);
    if (combination == null) {
      return plan.serving(residuals, rolling, scores, threshold, baseline, null);
    }
    ServedCombination served = new ServedCombination(combination, plan.levels(), rolling);
    return plan.serving(residuals, calibrated, scores, threshold, baseline, served);
  }

  @Override
  public Comparison merged(List<Comparison> folds) {
    return Comparison.merged(folds);
  }
}

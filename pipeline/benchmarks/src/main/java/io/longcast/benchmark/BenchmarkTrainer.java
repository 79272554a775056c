package io.longcast.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.longcast.clean.CategoryCodes;
import io.longcast.config.RunSpec;
import io.longcast.forecast.CalibratedForecaster;
import io.longcast.forecast.ForecastSpec;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.IntervalCalibrationStage;
import io.longcast.forecast.ResidualQuantiles;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.WindowForecaster;
import io.longcast.pipeline.Defaults;
import io.longcast.pipeline.NetworkTraining;
import io.longcast.pipeline.ResolvedConfig;
import io.longcast.pipeline.StageClock;
import io.longcast.series.Segment;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.TrainingResult;
import io.longcast.window.SplitSpec;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Trains the network for a benchmark's task through the ordinary Spark trainer, in the steps of a
 * training run: without the last horizon, on which the intervals are calibrated; then, with {@code
 * training.refit}, on all training rows.
 *
 * @param spark the session
 * @param run settings of network and training; the task gives horizon and season
 * @param clock times the stages
 */
record BenchmarkTrainer(SparkSession spark, RunSpec run, StageClock clock)
    implements ForecasterTrainer {

  @Override
  public Trained train(ForecastTask task) {
    JavaRDD<Segment> segments =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(task.segments());
    boolean calibrates =
        run.forecast().calibration() != ForecastSpec.Calibrate.OFF
            && !run.model().output().quantileLevels().isEmpty();
    ResolvedConfig plan = plan(task, segments, calibrates ? 1 : 0);
    double begin = cpuSeconds();
    IntervalCalibration calibration =
        IntervalCalibration.none(plan.spec().output().quantileLevels());
    ResidualQuantiles residuals = ResidualQuantiles.NONE;
    TrainingResult kept = null;
    if (calibrates) {
      try (Blocks blocks = blocks(task, plan, plan.run().split(), segments)) {
        kept = blocks.train("calibrate " + task.name());
        residuals = blocks.residuals(kept);
        calibration = blocks.calibration(kept, residuals);
      }
    }
    if (kept == null || run.training().refit()) {
      SplitSpec all = plan.run().split().trainingOnAll();
      try (Blocks blocks = blocks(task, plan, all, segments)) {
        kept = blocks.train("train " + task.name());
      }
    }
    double spent = cpuSeconds() - begin;
    WindowForecaster network = residuals.on(plan.model(kept.parameters()), plan.spec()).open();
    return new Trained(new CalibratedForecaster(network, calibration), plan.cutter().open(), spent);
  }

  /** What is chosen for a task, looking at nothing that calibration holds back. */
  private ResolvedConfig plan(ForecastTask task, JavaRDD<Segment> segments, int calibrationFolds) {
    SplitSpec asked = run.split();
    SplitSpec split =
        new SplitSpec(
            0,
            calibrationFolds,
            asked.evaluationStride(),
            asked.minContext(),
            asked.holdoutSteps());
    RunSpec open = run.withWindows(run.window().withHorizon(task.horizon()), split);
    return ResolvedConfig.of(
        Defaults.close(open, task.season(), task.layout().channels().size(), segments),
        task.layout(),
        Optional.empty(),
        CategoryCodes.none());
  }

  /** CPU seconds of all threads of this process so far. */
  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private Blocks blocks(
      ForecastTask task, ResolvedConfig plan, SplitSpec split, JavaRDD<Segment> segments) {
    NetworkTraining training = new NetworkTraining(spark, false, clock);
    ShardedBlocks blocks = training.pack(plan, split, segments, task.layout());
    return new Blocks(this, training, plan, split, blocks);
  }

  /** The packed shards of one split, given back on close. */
  private record Blocks(
      BenchmarkTrainer how,
      NetworkTraining training,
      ResolvedConfig plan,
      SplitSpec split,
      ShardedBlocks blocks)
      implements AutoCloseable {

    TrainingResult train(String stage) {
      return how.clock.time(
          stage, () -> training.train(plan, blocks, split, how.run.training(), stage));
    }

    ResidualQuantiles residuals(TrainingResult trained) {
      return plan.residuals(blocks, split, plan.model(trained.parameters()));
    }

    IntervalCalibration calibration(TrainingResult trained, ResidualQuantiles residuals) {
      ForecasterFactory model = residuals.on(plan.model(trained.parameters()), plan.spec());
      return IntervalCalibrationStage.collect(blocks.blocks(), plan.cutter(), split, model)
          .calibration(how.run.forecast().calibration(), 1.0 / plan.cutter().window().horizon());
    }

    @Override
    public void close() {
      blocks.close();
    }
  }
}

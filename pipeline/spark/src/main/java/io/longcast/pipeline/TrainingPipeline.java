package io.longcast.pipeline;

import io.longcast.backtest.Evaluation;
import io.longcast.config.RunSpec;
import io.longcast.model.ModelSpec;
import io.longcast.settings.SettingException;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.TrainingResult;
import io.longcast.window.SplitSpec;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * Trains one network over all series: resolve the settings, pack windows into shards, train,
 * compare with the baselines, calibrate, and retrain on all rows if configured. The same for
 * forecasters and classifiers; what differs is their {@link EvaluationTask}.
 */
public final class TrainingPipeline {
  private final SparkSession spark;
  private final RunSpec run;
  private final boolean resume;
  private final StageClock clock;

  /**
   * @param resume whether to resume from the newest checkpoint
   * @param clock notified of every stage
   */
  public TrainingPipeline(SparkSession spark, RunSpec run, boolean resume, StageClock clock) {
    this.spark = spark;
    this.run = run.isClassifier() ? run.readingLabels() : run;
    this.resume = resume;
    this.clock = clock;
  }

  /**
   * Trains on prepared series.
   *
   * @throws IllegalArgumentException if no series is left to learn from, or the labels that the
   *     settings need are missing
   */
  public TrainedModel train(SeriesDataset data) {
    if (run.model().pretrained() != ModelSpec.Pretrained.NONE) {
      throw new SettingException(
          "model.pretrained",
          "a pretrained network is not trained, found "
              + run.model().pretrained()
              + "; forecast with it (longcast forecast --zero), or set none to train");
    }
    LabelledThresholds.requireLabels(run);
    data.requireSeries();
    return run.isClassifier()
        ? train(data, ClassEvaluationTask.of(spark, run, data, clock))
        : train(
            data, ForecastEvaluationTask.of(spark, ValidationFolds.enough(run, data), data, clock));
  }

  private <V extends Evaluation> TrainedModel train(SeriesDataset data, EvaluationTask<V> task) {
    NetworkTraining training = new NetworkTraining(spark, resume, clock);
    SplitSpec split = task.plan().run().split();
    try (ShardedBlocks blocks = training.pack(task, split)) {
      TrainingResult[] first = new TrainingResult[1];
      Function<SplitSpec, V> model =
          task.trained(blocks, split, plan -> first[0] = training.first(plan, blocks));
      V evaluation = clock.time("compare", () -> model.apply(split));
      ServingState state = task.serving(data);
      TrainingResult kept = training.refit(task, first[0]);
      return BundleWriter.trained(spark, task.plan(), kept, state, evaluation, data);
    }
  }
}

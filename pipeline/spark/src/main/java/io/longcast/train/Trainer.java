package io.longcast.train;

import io.longcast.model.TrainableFactory;
import io.longcast.settings.SettingException;
import io.longcast.train.round.JvmNumerics;
import io.longcast.train.round.RoundEngine;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains one network on the shards of a Spark cluster by rounds of parameter averaging.
 *
 * @param context Spark
 * @param factory of replicas
 * @param spec the settings
 * @param numerics what decides the bits on an executor
 * @param progress notified of each round
 */
public record Trainer(
    JavaSparkContext context,
    TrainableFactory factory,
    TrainingSpec spec,
    NumericsProbe numerics,
    TrainingProgress progress) {

  /** A trainer that compares the recurrent kernels' numerics and the JVMs'. */
  public Trainer(
      JavaSparkContext context,
      TrainableFactory factory,
      TrainingSpec spec,
      TrainingProgress progress) {
    this(context, factory, spec, JvmNumerics::text, progress);
  }

  /** Trains from fresh parameters. Checkpoints of an earlier run in the same folder are removed. */
  public <B> TrainingResult fit(TrainingData<B> data) {
    return run(data, false);
  }

  /**
   * Goes on from the newest checkpoint, to the same bits as the undisturbed run; starts afresh
   * where there is none.
   *
   * @throws IllegalArgumentException if data, model, settings or numerics are not those of the
   *     checkpoint, saying which
   */
  public <B> TrainingResult resume(TrainingData<B> data) {
    return run(data, true);
  }

  private <B> TrainingResult run(TrainingData<B> data, boolean resumed) {
    if (data.shards().getNumPartitions() != spec.shards()) {
      throw new SettingException(
          "training.shards",
          "the data must have one partition per shard: expected "
              + spec.shards()
              + ", found "
              + data.shards().getNumPartitions());
    }
    try (RoundEngine<B> engine = new RoundEngine<>(context, data.shards())) {
      return new TrainingRun<>(this, engine, data).toEnd(resumed);
    }
  }
}

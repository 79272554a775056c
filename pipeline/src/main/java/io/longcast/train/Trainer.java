package io.longcast.train;

import io.longcast.model.TrainableFactory;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains one network on the shards of a Spark cluster by rounds of parameter averaging.
 *
 * @param context Spark
 * @param factory of replicas
 * @param spec the settings
 * @param progress told of each round
 */
public record Trainer(
    JavaSparkContext context,
    TrainableFactory factory,
    TrainingSpec spec,
    TrainingProgress progress) {

  /** Trains from fresh parameters. Checkpoints of an earlier run in the same folder are removed. */
  public <B> TrainingResult fit(TrainingData<B> data) {
    throw new UnsupportedOperationException("being built");
  }

  /**
   * Goes on from the newest checkpoint, to the same bits as the undisturbed run; starts afresh
   * where there is none.
   *
   * @throws IllegalArgumentException if data, model, settings or numerics are not those of the
   *     checkpoint, saying which
   */
  public <B> TrainingResult resume(TrainingData<B> data) {
    throw new UnsupportedOperationException("being built");
  }
}

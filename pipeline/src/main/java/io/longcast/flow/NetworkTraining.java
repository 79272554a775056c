package io.longcast.flow;

import io.longcast.train.Trainer;
import io.longcast.train.TrainingData;
import io.longcast.train.TrainingProgress;
import io.longcast.train.TrainingResult;
import io.longcast.train.TrainingSpec;
import io.longcast.window.ShardedBlocks;
import io.longcast.window.SplitSpec;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a resolved network on packed shards.
 *
 * @param spark the session
 * @param resume whether to go on from the newest checkpoint
 * @param clock told of every round
 */
record NetworkTraining(SparkSession spark, boolean resume, StageClock clock) {

  /**
   * Trains.
   *
   * @param split which windows are trained on
   * @param spec the settings, with where checkpoints go
   * @param stage name of this training, part of its checkpoints' identity
   */
  TrainingResult train(
      Resolved plan, ShardedBlocks blocks, SplitSpec split, TrainingSpec spec, String stage) {
    Map<String, String> identity = new TreeMap<>(plan.identity());
    identity.put("stage", stage);
    TrainingData<?> data =
        TrainingData.of(
            blocks, plan.cutter()::open, split, plan.run().sampling(), spec.seed(), identity);
    TrainingProgress progress =
        (record, steps) ->
            clock.progress().at("training (" + stage + ")", record.step(), steps, "steps");
    Trainer trainer =
        new Trainer(
            JavaSparkContext.fromSparkContext(spark.sparkContext()),
            plan.network(),
            spec,
            progress);
    return resume ? trainer.resume(data) : trainer.fit(data);
  }
}

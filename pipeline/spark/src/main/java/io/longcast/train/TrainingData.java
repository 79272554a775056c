package io.longcast.train;

import io.longcast.shard.ShardedBlocks;
import io.longcast.window.Block;
import io.longcast.window.CutterSpec;
import io.longcast.window.HoldoutBlock;
import io.longcast.window.SamplingSpec;
import io.longcast.window.SplitSpec;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;

/**
 * What a run trains on: an RDD whose partition {@code i} is shard {@code i}, and how a partition is
 * opened.
 *
 * @param shards cached by the trainer for the time of the run where it is not cached already
 * @param opener of the partitions
 * @param identity what data and model are, as settings under their keys; a checkpoint made under
 *     another identity is refused by name of the key
 * @param <B> what partitions hold
 */
public record TrainingData<B>(
    JavaRDD<B> shards, ShardOpener<B> opener, Map<String, String> identity) {

  public TrainingData {
    identity = Map.copyOf(identity);
  }

  /**
   * Shards of packed blocks.
   *
   * @param blocks the shards; cache them before, if they serve more than this run
   * @param cutters how windows are cut, the same shape as the network's
   * @param splits where training and validation windows lie
   * @param sampling the order of training windows
   * @param cut the holdout block of each series
   * @param seed of that order: the run's
   * @param identity of data and model
   */
  public static TrainingData<Block> of(
      ShardedBlocks blocks,
      CutterSpec cutters,
      SplitSpec splits,
      SamplingSpec sampling,
      HoldoutBlock cut,
      long seed,
      Map<String, String> identity) {
    Map<String, String> all = new TreeMap<>(identity);
    Settings.flatten("split", splits, all);
    Settings.flatten("sampling", sampling, all);
    Settings.flatten("cut", cut, all);
    Settings.flatten("window", cutters.window(), all);
    return new TrainingData<>(
        blocks.blocks(), new BlockOpener(cutters, splits, sampling, cut, seed), all);
  }
}

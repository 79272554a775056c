package io.longcast.train;

import java.util.Map;
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
}

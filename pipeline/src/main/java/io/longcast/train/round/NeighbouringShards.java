package io.longcast.train.round;

import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;

/**
 * Deals neighbouring shards to Spark's tasks, as evenly as their number allows. Which executor a
 * task prefers is left to Spark: the one that has the task's first shard cached, and so the others.
 */
final class NeighbouringShards implements PartitionCoalescer, scala.Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public PartitionGroup[] coalesce(int tasks, RDD<?> parent) {
    Partition[] shards = parent.partitions();
    PartitionGroup[] groups = new PartitionGroup[Math.min(tasks, shards.length)];
    for (int task = 0; task < groups.length; task++) {
      groups[task] = new PartitionGroup(Option.empty());
      int end = from(task + 1, groups.length, shards.length);
      for (int shard = from(task, groups.length, shards.length); shard < end; shard++) {
        groups[task].partitions().$plus$eq(shards[shard]);
      }
    }
    return groups;
  }

  /** First shard of a task. */
  static int from(int task, int tasks, int shards) {
    return (int) ((long) task * shards / tasks);
  }
}

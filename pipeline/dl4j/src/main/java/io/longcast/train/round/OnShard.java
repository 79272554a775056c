package io.longcast.train.round;

import io.longcast.sparkinternals.rdd.PartitionWork;
import java.util.Iterator;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs a task on one shard, in an executor.
 *
 * @param task what to do
 * @param scope the executor's state of the run
 * @param input the driver's, null where it comes along with the task
 * @param <B> what shards hold
 */
record OnShard<B>(ShardTask<B> task, Broadcast<RunScope> scope, Broadcast<byte[]> input)
    implements PartitionWork<B> {

  @Override
  public byte[] run(int shard, Iterator<B> partition, byte[] along) {
    long begin = System.nanoTime();
    byte[] bytes = input == null ? along : input.value();
    long fetched = System.nanoTime() - begin;
    ShardTask.Call call = new ShardTask.Call(shard, scope.value(), bytes, fetched);
    return task.run(call, partition);
  }
}

package io.longcast.train.round;

import java.io.Serializable;
import java.util.Iterator;

/**
 * What each shard does in one job; shipped to the executors.
 *
 * @param <B> what partitions hold
 */
public interface ShardTask<B> extends Serializable {

  /** Does the shard's part and returns what the driver needs. */
  byte[] run(Call call, Iterator<B> partition);

  /**
   * The circumstances of one task.
   *
   * @param shard the partition
   * @param scope this executor's state of the run
   * @param input what the driver sent
   * @param fetchNanos how long it took to arrive
   */
  record Call(int shard, RunScope scope, byte[] input, long fetchNanos) {}
}

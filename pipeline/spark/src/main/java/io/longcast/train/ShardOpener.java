package io.longcast.train;

import java.io.Serializable;
import java.util.Iterator;

/**
 * Makes the windows of a shard out of its partition; small, and shipped to the executors.
 *
 * @param <B> what partitions hold
 */
public interface ShardOpener<B> extends Serializable {

  /** Opens a shard; called at least once an executor that runs it. */
  ShardData open(int shard, Iterator<B> partition);
}

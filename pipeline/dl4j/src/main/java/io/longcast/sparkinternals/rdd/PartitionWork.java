package io.longcast.sparkinternals.rdd;

import java.io.Serializable;
import java.util.Iterator;

/**
 * What a task does with one partition.
 *
 * @param <B> what partitions hold
 */
public interface PartitionWork<B> extends Serializable {

  /**
   * Runs in an executor.
   *
   * @param partition its index
   * @param values what it holds
   * @param along the driver's input, null where none travels with the task
   */
  byte[] run(int partition, Iterator<B> values, byte[] along);
}

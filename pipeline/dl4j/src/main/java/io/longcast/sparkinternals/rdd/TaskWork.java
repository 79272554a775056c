package io.longcast.sparkinternals.rdd;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.IntFunction;

/**
 * What a task does with the neighbouring partitions that it has.
 *
 * @param <B> what partitions hold
 */
public interface TaskWork<B> extends Serializable {

  /**
   * Runs in an executor.
   *
   * @param partitions of the task
   * @param along the driver's input, null where none travels with the task
   * @return the task's results, made as they are asked for
   */
  Iterator<byte[]> run(Partitions<B> partitions, byte[] along);

  /**
   * The partitions of a task.
   *
   * @param task index of the task
   * @param from first partition
   * @param to past the last partition
   * @param values what a partition holds, by its index; may be asked for more than once
   * @param <B> what partitions hold
   */
  record Partitions<B>(int task, int from, int to, IntFunction<Iterator<B>> values) {}
}

package io.longcast.train;

import io.longcast.window.WindowBatch;
import java.util.function.Consumer;

/**
 * The windows of one shard on an executor. Deterministic: minibatch {@code step} holds the same
 * windows wherever and however often it is requested. Not thread-safe; held by one task at a time.
 */
public interface ShardData {

  /** Training windows of the shard. */
  long windows();

  /** A batch of the right shape. */
  WindowBatch newBatch(int capacity);

  /**
   * Clears the batch and fills it with the windows of minibatch {@code step}.
   *
   * @param batch filled up to its capacity
   * @param step updates of this shard so far, from 0
   */
  void fill(WindowBatch batch, long step);

  /**
   * Walks over the validation windows in a fixed order; {@code each} sees the batch whenever it is
   * full and once more for the rest.
   */
  void validation(WindowBatch batch, Consumer<WindowBatch> each);

  /** A hash of everything the shard holds, equal for equal data. */
  long fingerprint();
}

package io.longcast.shard;

import io.longcast.sparkinternals.rdd.Kept;
import io.longcast.window.Block;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * A table's segments, divided into shards: partition {@code i} of {@link #blocks} is shard {@code
 * i}, its segments in canonical order (hash of the series, then time). Depends on the data, the
 * shape of windows, the splits and the number of shards alone.
 */
public final class ShardedBlocks implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private JavaRDD<Block> blocks;
  private final long[] windows;
  private final transient List<Runnable> release;

  ShardedBlocks(JavaRDD<Block> blocks, long[] windows, List<Runnable> release) {
    this.blocks = blocks;
    this.windows = windows.clone();
    this.release = List.copyOf(release);
  }

  /** The blocks; as many partitions as shards. */
  public JavaRDD<Block> blocks() {
    return blocks;
  }

  /** Number of shards. */
  public int shards() {
    return windows.length;
  }

  /** Training windows of each shard, all channels counted. */
  public long[] windowsPerShard() {
    return windows.clone();
  }

  /** Keeps the blocks in executor memory, on disk where that is full; lazy. */
  public ShardedBlocks cache() {
    blocks = Kept.of(blocks, StorageLevel.MEMORY_AND_DISK());
    return this;
  }

  /** Frees the blocks and whatever was kept to build them; waits until it is done. */
  @Override
  public void close() {
    blocks.unpersist(true);
    release.forEach(Runnable::run);
  }
}

package io.longcast.shard;

import java.io.Serializable;
import java.util.Comparator;

/** Where a segment goes: its shard, and its place in the shard's canonical order. */
final class ShardKey implements Serializable, Comparable<ShardKey> {
  private static final long serialVersionUID = 1L;
  private static final Comparator<ShardKey> ORDER =
      Comparator.<ShardKey>comparingInt(k -> k.shard)
          .thenComparingLong(k -> k.hash)
          .thenComparing(k -> k.seriesId)
          .thenComparingLong(k -> k.seriesStep);

  private final int shard;
  private final long hash;
  private final String seriesId;
  private final long seriesStep;

  ShardKey(int shard, long hash, String seriesId, long seriesStep) {
    this.shard = shard;
    this.hash = hash;
    this.seriesId = seriesId;
    this.seriesStep = seriesStep;
  }

  int shard() {
    return shard;
  }

  @Override
  public int compareTo(ShardKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShardKey that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash * 31 + seriesStep);
  }

  @Override
  public String toString() {
    return "series " + seriesId + " from step " + seriesStep;
  }
}

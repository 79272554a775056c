package io.longcast.anomaly;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Where a chunk belongs.
 *
 * @param seriesId its series
 * @param index in the order of time
 */
record ChunkKey(String seriesId, int index) implements Comparable<ChunkKey>, Serializable {
  private static final Comparator<ChunkKey> ORDER =
      Comparator.comparing(ChunkKey::seriesId).thenComparingInt(ChunkKey::index);

  @Override
  public int compareTo(ChunkKey other) {
    return ORDER.compare(this, other);
  }
}

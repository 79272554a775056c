package io.longcast.anomaly;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Where a stretch belongs.
 *
 * @param seriesId its series
 * @param index in the order of time
 */
record StretchKey(String seriesId, int index) implements Comparable<StretchKey>, Serializable {
  private static final Comparator<StretchKey> ORDER =
      Comparator.comparing(StretchKey::seriesId).thenComparingInt(StretchKey::index);

  @Override
  public int compareTo(StretchKey other) {
    return ORDER.compare(this, other);
  }
}

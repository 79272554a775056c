package io.longcast.bench;

import java.io.Serializable;
import java.util.List;

/**
 * What {@code bench chunks} scores.
 *
 * @param points of the long generated series, at least 10000. Default 1000000
 * @param fleet points of each of four generated machines, at least 10000. Default 60000
 * @param hiddenSize units of the forecaster's LSTM, at least 1. Default 32
 * @param data what is scored; default all
 * @param chunks numbers of stretches to compare with one, each at least 2. Default 2, 4, 8
 */
public record ChunksBenchSpec(
    List<Source> data, int points, int fleet, int hiddenSize, List<Integer> chunks)
    implements Serializable {
  /** Where series come from. */
  public enum Source {
    /** One long generated series. */
    WAVE,
    /** A generated fleet of machines. */
    SENSORS,
    /** The public series ETTm1. */
    ETTM1
  }

  private static final int LEAST_POINTS = 10_000;

  public ChunksBenchSpec {
    data = List.copyOf(data);
    chunks = List.copyOf(chunks);
    require(points >= LEAST_POINTS, "points", LEAST_POINTS, points);
    require(fleet >= LEAST_POINTS, "fleet", LEAST_POINTS, fleet);
    require(hiddenSize >= 1, "hiddenSize", 1, hiddenSize);
    chunks.forEach(count -> require(count >= 2, "chunks", 2, count));
  }

  private static void require(boolean holds, String key, int least, int found) {
    if (!holds) {
      throw new IllegalArgumentException(
          key + " must be >= " + least + ", found " + found + " (key bench.chunks." + key + ")");
    }
  }
}

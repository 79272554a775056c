package io.longcast.bench;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.util.List;

/**
 * What {@code bench chunks} scores.
 *
 * @param points of the long generated series, at least 10000. Default 1000000
 * @param fleet points of each of four generated machines, at least 10000. Default 60000
 * @param hiddenSize units of the forecaster's LSTM, at least 1. Default 32
 * @param data what is scored; default all
 * @param chunks numbers of chunks to compare with one, each at least 2. Default 2, 4, 8
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

  private static final int MIN_POINTS = 10_000;

  public ChunksBenchSpec {
    data = List.copyOf(data);
    chunks = List.copyOf(chunks);
    SettingChecks.atLeast(points, MIN_POINTS, "bench.chunks.points");
    SettingChecks.atLeast(fleet, MIN_POINTS, "bench.chunks.fleet");
    SettingChecks.atLeast(hiddenSize, 1, "bench.chunks.hiddenSize");
    chunks.forEach(count -> SettingChecks.atLeast(count, 2, "bench.chunks.chunks"));
  }
}

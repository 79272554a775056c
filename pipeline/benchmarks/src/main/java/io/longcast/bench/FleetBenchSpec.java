package io.longcast.bench;

import java.io.Serializable;

/**
 * What {@code bench fleet} scores.
 *
 * @param series of the fleet, at least 10. Default 10000
 * @param points of each series, at least 1000. Default 10000
 * @param restart whether the fleet is also scored in two halves, the second going on from the saved
 *     states of the first, and compared. Default true
 */
public record FleetBenchSpec(int series, int points, boolean restart) implements Serializable {

  public FleetBenchSpec {
    require(series >= 10, "series", 10, series);
    require(points >= 1000, "points", 1000, points);
  }

  private static void require(boolean holds, String key, int least, int found) {
    if (!holds) {
      throw new IllegalArgumentException(
          key + " must be >= " + least + ", found " + found + " (key bench.fleet." + key + ")");
    }
  }
}

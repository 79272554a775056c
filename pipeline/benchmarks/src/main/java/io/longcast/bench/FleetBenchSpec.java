package io.longcast.bench;

import io.longcast.settings.SettingChecks;
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
    SettingChecks.atLeast(series, 10, "bench.fleet.series");
    SettingChecks.atLeast(points, 1000, "bench.fleet.points");
  }
}

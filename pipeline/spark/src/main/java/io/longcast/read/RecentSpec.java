package io.longcast.read;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.time.Duration;

/**
 * What {@code longcast run} reads of a source that grows.
 *
 * @param read the part; default recent
 * @param lookback time before the newest rows of the previous run from which on rows are read, at
 *     least 0; 0 for as long as forecasts, evaluation and drift look back; default 0 days
 * @param maxAhead how far the time of a row may lie ahead of the clock, above 0; later ones are
 *     rejected; default 1 day
 */
public record RecentSpec(Read read, Duration lookback, Duration maxAhead) implements Serializable {

  /** What is read. */
  public enum Read {
    /** Files that are new or changed, and those that hold rows of the lookback. */
    RECENT,
    /** Everything. */
    ALL
  }

  public RecentSpec {
    SettingChecks.require(!lookback.isNegative(), "run.lookback", ">= 0", lookback);
    SettingChecks.require(
        !maxAhead.isNegative() && !maxAhead.isZero(), "run.maxAhead", "longer than 0", maxAhead);
  }
}

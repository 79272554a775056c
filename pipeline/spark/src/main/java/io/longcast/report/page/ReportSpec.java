package io.longcast.report.page;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * What the report of a run shows.
 *
 * @param automatic whether demo, train, detect and run end with a report. Proposed default: true
 * @param series drawn in full, those with the highest scores first, 1 to 200; all others are in the
 *     tables. Proposed default: 40
 * @param lookback how far before the newest step the report goes; 0: everything; empty: as many
 *     steps as are drawn of a series, and four weeks at least. Proposed default: empty
 */
public record ReportSpec(boolean automatic, int series, Optional<Duration> lookback)
    implements Serializable {
  private static final Duration MIN_LOOKBACK = Duration.ofDays(28);

  public ReportSpec {
    SettingChecks.inRange(series, 1, 200, "report.series");
    lookback.ifPresent(
        set -> SettingChecks.require(!set.isNegative(), "report.lookback", ">= 0 (0: all)", set));
  }

  /** The time before the newest step that is shown of steps of this length; zero: everything. */
  public Duration lookback(double stepSeconds) {
    return lookback.orElseGet(
        () -> {
          Duration drawn = Duration.ofSeconds((long) (SeriesViewStage.MAX_STEPS * stepSeconds));
          return drawn.compareTo(MIN_LOOKBACK) > 0 ? drawn : MIN_LOOKBACK;
        });
  }
}

package io.longcast.report.page;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the report of a run shows.
 *
 * @param automatic whether demo, train and detect end with a report. Proposed default: true
 * @param series drawn in full, those with the highest scores first, 1 to 200; all others are in the
 *     tables. Proposed default: 40
 * @param lookback how far before the newest scored step the report goes; 0: everything. Proposed
 *     default: 0
 */
public record ReportSpec(boolean automatic, int series, Duration lookback) implements Serializable {
  public ReportSpec {
    SettingChecks.inRange(series, 1, 200, "report.series");
    SettingChecks.require(!lookback.isNegative(), "report.lookback", ">= 0 (0: all)", lookback);
  }
}

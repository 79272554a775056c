package io.longcast.backtest;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * When {@code longcast run} trains a challenger of the promoted model. All times are of the data,
 * not of the clock.
 *
 * @param every time since the newest row of the last training, at least 0; 0 for never by time;
 *     default 30 days
 * @param onAccuracy whether forecasts worse than promised make a training due; default true
 * @param onDrift whether drift makes a training due; default true
 * @param pause time since the newest row of the last training before accuracy or drift make another
 *     one due, at least 0; default 2 days
 * @param paths files to train on in place of those of the source; default none
 */
public record RetrainSpec(
    Duration every, boolean onAccuracy, boolean onDrift, Duration pause, List<String> paths)
    implements Serializable {

  public RetrainSpec {
    paths = List.copyOf(paths);
    SettingChecks.require(!every.isNegative(), "retrain.every", ">= 0 (0: never)", every);
    SettingChecks.require(!pause.isNegative(), "retrain.pause", ">= 0", pause);
  }
}

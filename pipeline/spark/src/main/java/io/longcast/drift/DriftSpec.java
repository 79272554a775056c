package io.longcast.drift;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.time.Duration;

/**
 * When recent data have left those of the training.
 *
 * @param window of recent time that is compared, above 0; default 3 days
 * @param minValues observed values of a series and channel in the window without which nothing is
 *     concluded about it, at least 10; default 48
 * @param minStability population stability index from which a series has drifted, above 0, if it
 *     was not as high in some window of the training data; default 0.25
 * @param maxMissing increase of the share of missing values over the highest of any window of the
 *     training data, in [0, 1]; default 0.1
 * @param maxShare share of the series of a channel that may drift before the fleet counts as
 *     drifted, in [0, 1]; default 0.25
 */
public record DriftSpec(
    Duration window, int minValues, double minStability, double maxMissing, double maxShare)
    implements Serializable {

  public DriftSpec {
    SettingChecks.require(
        !window.isNegative() && !window.isZero(), "drift.window", "longer than 0", window);
    SettingChecks.atLeast(minValues, 10, "drift.minValues");
    SettingChecks.require(minStability > 0, "drift.minStability", "> 0", minStability);
    SettingChecks.require(
        maxMissing >= 0 && maxMissing <= 1, "drift.maxMissing", "in [0, 1]", maxMissing);
    SettingChecks.require(maxShare >= 0 && maxShare <= 1, "drift.maxShare", "in [0, 1]", maxShare);
  }
}

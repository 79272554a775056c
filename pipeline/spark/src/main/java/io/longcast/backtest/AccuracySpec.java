package io.longcast.backtest;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.time.Duration;

/**
 * When past forecasts are worse than the model's own evaluation promised.
 *
 * @param maxMaseIncrease share by which the MASE may exceed that of the manifest, at least 0;
 *     default 0.25
 * @param maxCoverageLoss by which the coverage of the 95 % interval may fall below that of the
 *     manifest, in [0, 1]; default 0.05
 * @param minValues observed values below which nothing is concluded, at least 1; default 100
 * @param window of origins before the newest row that are compared, at least 0; 0 for all; default
 *     28 days
 */
public record AccuracySpec(
    double maxMaseIncrease, double maxCoverageLoss, int minValues, Duration window)
    implements Serializable {

  public AccuracySpec {
    SettingChecks.require(
        maxMaseIncrease >= 0, "evaluate.maxMaseIncrease", ">= 0", maxMaseIncrease);
    SettingChecks.require(
        maxCoverageLoss >= 0 && maxCoverageLoss <= 1,
        "evaluate.maxCoverageLoss",
        "in [0, 1]",
        maxCoverageLoss);
    SettingChecks.atLeast(minValues, 1, "evaluate.minValues");
    SettingChecks.require(!window.isNegative(), "evaluate.window", ">= 0 (0: all)", window);
  }
}

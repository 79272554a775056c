package io.longcast.backtest;

import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.List;

/**
 * What a model is compared with, and what it must reach to be promoted.
 *
 * @param baselines words of the baselines that are compared with the network, at least one; default
 *     {@code naive}, {@code seasonal-naive}, {@code drift}, {@code linear}, {@code theta}, {@code
 *     ets}
 * @param refit whether a backtest retrains at every origin; otherwise one network, trained on what
 *     lies before the oldest origin, serves all folds; default false
 * @param folds blocks of equal time that the {@code split.folds} horizons are divided into, each
 *     with a separate origin, at most as many as there are horizons; 0 for each horizon one, or,
 *     with labels, at most four; default 0
 * @param gate what becomes of a forecaster that does not beat the best baseline on the validation
 *     windows; default serve-best
 * @param minValues values that a training compares the models on; where {@code split.folds} hold
 *     fewer, more folds are taken, as far as a quarter of the series holds them; at least 0, 0 for
 *     the folds of the settings in any case; default 100
 * @param confidence of the bootstrap interval of a skill, in (0, 1); default 0.95
 * @param resamples of the bootstrap, at least 1; default 1000
 * @param combination what the network's forecasts are averaged with
 */
public record BacktestSpec(
    List<String> baselines,
    boolean refit,
    int folds,
    Gate gate,
    int minValues,
    double confidence,
    int resamples,
    CombinationSpec combination)
    implements Serializable {

  /** What becomes of a model that does not beat the best baseline. */
  public enum Gate {
    /** It is promoted, and the baseline serves its forecasts; a classifier is refused. */
    SERVE_BEST,
    /** It is saved, but not promoted. */
    REFUSE,
    /** It is promoted and serves. */
    OFF
  }

  public BacktestSpec {
    baselines = List.copyOf(baselines);
    if (baselines.isEmpty()) {
      throw new SettingException(
          "backtest.baselines", "a model is compared with at least one baseline, found none");
    }
    SettingChecks.atLeast(folds, 0, "backtest.folds");
    SettingChecks.atLeast(minValues, 0, "backtest.minValues");
    SettingChecks.require(
        confidence > 0 && confidence < 1, "backtest.confidence", "in (0, 1)", confidence);
    SettingChecks.atLeast(resamples, 1, "backtest.resamples");
  }
}

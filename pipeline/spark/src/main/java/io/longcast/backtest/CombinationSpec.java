package io.longcast.backtest;

import io.longcast.model.baseline.Baseline;
import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.util.List;

/**
 * What the network's forecasts are averaged with.
 *
 * @param baselines empty for the network alone; default []
 * @param shrinkage share of equal weights in the weights that the calibration windows suggest, 0 to
 *     1; default 0.5
 */
public record CombinationSpec(List<Baseline> baselines, double shrinkage) implements Serializable {
  /** The network alone. */
  public static final CombinationSpec NONE = new CombinationSpec(List.of(), 0.5);

  public CombinationSpec {
    baselines = List.copyOf(baselines);
    SettingChecks.share(shrinkage, "backtest.combination.shrinkage");
  }
}

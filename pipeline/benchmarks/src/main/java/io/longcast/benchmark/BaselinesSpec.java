package io.longcast.benchmark;

import io.longcast.model.baseline.Baseline;
import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.util.List;

/**
 * The baselines of a forecasting benchmark.
 *
 * @param forecasters which, in the order of the report
 * @param contextLength steps they see, at least 1
 */
public record BaselinesSpec(List<Baseline> forecasters, int contextLength) implements Serializable {

  public BaselinesSpec {
    forecasters = List.copyOf(forecasters);
    SettingChecks.atLeast(contextLength, 1, "baselines.contextLength");
  }
}

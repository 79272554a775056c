package io.longcast.bench;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.util.Optional;

/**
 * What {@code bench anomaly} runs.
 *
 * @param points of each series, at least 1000. Default 20000
 * @param series scored one after the other, at least 1. Default 8
 * @param hiddenSize of the forecaster, at least 1. Default 32
 * @param forest jar of {@code randomcutforest-core} for the comparison, run in a process of its
 *     own; absent for the one in the Maven repository of the home folder, if it is there
 */
public record AnomalyBenchSpec(int points, int series, int hiddenSize, Optional<String> forest)
    implements Serializable {

  public AnomalyBenchSpec {
    SettingChecks.atLeast(points, 1000, "bench.anomaly.points");
    SettingChecks.atLeast(series, 1, "bench.anomaly.series");
    SettingChecks.atLeast(hiddenSize, 1, "bench.anomaly.hiddenSize");
  }
}

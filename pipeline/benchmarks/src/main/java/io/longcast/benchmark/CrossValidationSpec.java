package io.longcast.benchmark;

import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.anomaly.score.DriftDistance;
import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.util.List;

/**
 * What a nested cross-validation chooses from, inside each fold: which parts, the quantile that is
 * their unit, and the threshold. Half-life, floor, clip, scaling and forecaster are the detector's.
 *
 * @param parts candidates; their units are not used
 * @param drift candidates that look at all channels together
 * @param maxParts most parts in a combination, at least 1
 * @param quantiles unit of a part: one of these quantiles of its scores on the training series
 * @param commonUnit whether all parts share one unit, the mean of theirs: where their scores
 *     compare as they are, so that less is chosen
 * @param folds at least 2
 * @param repeats how often with other folds, at least 1
 * @param together series whose name holds the same one of these texts stay in one fold
 */
public record CrossValidationSpec(
    List<ComponentSpec> parts,
    List<DriftDistance.Settings> drift,
    int maxParts,
    List<Double> quantiles,
    boolean commonUnit,
    int folds,
    int repeats,
    List<String> together)
    implements Serializable {

  public CrossValidationSpec {
    parts = List.copyOf(parts);
    drift = List.copyOf(drift);
    quantiles = List.copyOf(quantiles);
    together = List.copyOf(together);
    SettingChecks.atLeast(parts.size() + drift.size(), 1, "benchmark.crossValidation.parts");
    SettingChecks.atLeast(maxParts, 1, "benchmark.crossValidation.maxParts");
    SettingChecks.atLeast(quantiles.size(), 1, "benchmark.crossValidation.quantiles");
    SettingChecks.atLeast(folds, 2, "benchmark.crossValidation.folds");
    SettingChecks.atLeast(repeats, 1, "benchmark.crossValidation.repeats");
  }
}

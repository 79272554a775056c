package io.longcast.benchmark;

import io.longcast.anomaly.score.PartSpec;
import java.io.Serializable;
import java.util.List;

/**
 * What a nested cross-validation chooses from, inside each fold: which parts, the quantile that is
 * their unit, and the threshold.
 *
 * @param parts candidates; their units are not used
 * @param halfLife of all, in rows
 * @param floor of all, in robust units
 * @param mostParts most parts in a combination, at least 1
 * @param quantiles unit of a part: one of these quantiles of its scores on the training files
 * @param folds at least 2
 * @param repeats how often with other folds, at least 1
 * @param together files whose path holds the same one of these texts stay in one fold
 */
public record CrossValidationSpec(
    List<PartSpec> parts,
    double halfLife,
    double floor,
    int mostParts,
    List<Double> quantiles,
    int folds,
    int repeats,
    List<String> together)
    implements Serializable {

  public CrossValidationSpec {
    parts = List.copyOf(parts);
    quantiles = List.copyOf(quantiles);
    together = List.copyOf(together);
    Bounds.atLeast(1, parts.size(), "benchmark.nab.crossValidation.parts");
    Bounds.atLeast(1, mostParts, "benchmark.nab.crossValidation.mostParts");
    Bounds.atLeast(1, quantiles.size(), "benchmark.nab.crossValidation.quantiles");
    Bounds.atLeast(2, folds, "benchmark.nab.crossValidation.folds");
    Bounds.atLeast(1, repeats, "benchmark.nab.crossValidation.repeats");
  }
}

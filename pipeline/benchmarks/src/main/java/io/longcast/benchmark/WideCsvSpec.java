package io.longcast.benchmark;

import java.io.Serializable;
import java.util.Optional;

/**
 * Many series in two comma-separated files, one series a row: id, then values from oldest to
 * newest. The test file has the same ids in the same order. One forecast a series, from its last
 * training value.
 *
 * @param trainFile below the data folder
 * @param testFile below the data folder
 * @param horizon steps forecast, at least 1
 * @param season the lag m of MASE and of seasonal baselines, at least 1
 * @param referenceSmape Naive2's published sMAPE, by which OWA divides; above 0; absent with the
 *     other one: our own Naive2's
 * @param referenceMase Naive2's published MASE; above 0
 * @param baselines run beside
 */
public record WideCsvSpec(
    String trainFile,
    String testFile,
    int horizon,
    int season,
    Optional<Double> referenceSmape,
    Optional<Double> referenceMase,
    BaselinesSpec baselines)
    implements Serializable {

  public WideCsvSpec {
    Bounds.atLeast(1, horizon, "benchmark.wideCsv.horizon");
    Bounds.atLeast(1, season, "benchmark.wideCsv.season");
    if (referenceSmape.isPresent() != referenceMase.isPresent()) {
      throw new IllegalArgumentException(
          "OWA needs both references or neither, found sMAPE "
              + referenceSmape
              + " and MASE "
              + referenceMase
              + " (keys benchmark.wideCsv.referenceSmape and referenceMase)");
    }
  }
}

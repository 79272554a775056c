package io.longcast.benchmark;

import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.List;
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
 * @param baselines run for comparison
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
    SettingChecks.atLeast(horizon, 1, "benchmark.wideCsv.horizon");
    SettingChecks.atLeast(season, 1, "benchmark.wideCsv.season");
    if (referenceSmape.isPresent() != referenceMase.isPresent()) {
      throw new SettingException(
          List.of("benchmark.wideCsv.referenceSmape", "benchmark.wideCsv.referenceMase"),
          "OWA needs both references or neither, found sMAPE "
              + referenceSmape
              + " and MASE "
              + referenceMase);
    }
  }
}

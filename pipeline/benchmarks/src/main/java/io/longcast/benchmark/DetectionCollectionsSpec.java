package io.longcast.benchmark;

import io.longcast.settings.SettingChecks;
import java.util.List;

/**
 * The default detector on labelled collections, each in a folder of its own below the folder of
 * public data, compared with simple detectors.
 *
 * @param names of the collections: any of ucr, kpi, wsd, nab, msl, skab; at least 1
 * @param sample series of each collection, evenly spread over it; at least 0, 0 for all
 * @param resamples of the bootstrap over series, at least 1
 * @param randomCutForest whether AWS's Random Cut Forest runs as well, which takes ten times as
 *     long as all else
 */
public record DetectionCollectionsSpec(
    List<String> names, int sample, int resamples, boolean randomCutForest) {

  public DetectionCollectionsSpec {
    names = List.copyOf(names);
    SettingChecks.require(
        !names.isEmpty(), "benchmark.detectionCollections.names", "at least one collection", names);
    SettingChecks.atLeast(sample, 0, "benchmark.detectionCollections.sample");
    SettingChecks.atLeast(resamples, 1, "benchmark.detectionCollections.resamples");
  }
}

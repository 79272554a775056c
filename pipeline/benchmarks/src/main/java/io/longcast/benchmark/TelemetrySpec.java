package io.longcast.benchmark;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.util.List;

/**
 * A train and a test file a channel with labelled sequences of the test file (Hundman et al. 2018).
 *
 * @param spacecraft which rows of the label file count; the folder below the data folder
 * @param labelFile columns chan_id, spacecraft, anomaly_sequences
 * @param threshold alarm at or above it
 * @param unscoredRows first rows of a test file without an alarm, at least 0
 * @param mergeGap alarms at most so many rows apart are one sequence, at least 0
 * @param prune least relative drop between peaks of sequences that stay, in [0, 1); 0 keeps all
 * @param maxFalseAlarms thresholds are chosen among those that alarm at most this share of the
 *     normal rows: one alarm without end would win by overlap; in (0, 1]
 * @param columns headers that detectors see; empty for all (the commands too)
 */
public record TelemetrySpec(
    String spacecraft,
    String labelFile,
    double threshold,
    int unscoredRows,
    int mergeGap,
    double prune,
    double maxFalseAlarms,
    List<String> columns)
    implements Serializable {

  public TelemetrySpec {
    columns = List.copyOf(columns);
    SettingChecks.atLeast(unscoredRows, 0, "benchmark.telemetry.unscoredRows");
    SettingChecks.atLeast(mergeGap, 0, "benchmark.telemetry.mergeGap");
    SettingChecks.share(prune, "benchmark.telemetry.prune");
    SettingChecks.share(maxFalseAlarms, "benchmark.telemetry.maxFalseAlarms");
  }
}

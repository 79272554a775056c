package io.longcast.bench;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * What {@code bench stream} feeds.
 *
 * @param series that have a row each second, at least 10. Default 10000
 * @param secondsPerBatch rows of each series in a micro-batch, at least 1. Default 10
 * @param batches that are measured, at least 2; fewer where maxSeconds end before. Default 60
 * @param maxSeconds for each of the measured queries, at least 10. Default 300
 * @param contextLength of the forecaster, at least 2. Default 60
 * @param hiddenSize units of its LSTM, at least 1. Default 32
 * @param soakSeconds of a run in which series appear and expire, at least 0; 0 for none. Default 0
 */
public record StreamBenchSpec(
    int series,
    int secondsPerBatch,
    int batches,
    int maxSeconds,
    int contextLength,
    int hiddenSize,
    int soakSeconds)
    implements Serializable {

  public StreamBenchSpec {
    SettingChecks.atLeast(series, 10, "bench.stream.series");
    SettingChecks.atLeast(secondsPerBatch, 1, "bench.stream.secondsPerBatch");
    SettingChecks.atLeast(batches, 2, "bench.stream.batches");
    SettingChecks.atLeast(maxSeconds, 10, "bench.stream.maxSeconds");
    SettingChecks.atLeast(contextLength, 2, "bench.stream.contextLength");
    SettingChecks.atLeast(hiddenSize, 1, "bench.stream.hiddenSize");
    SettingChecks.atLeast(soakSeconds, 0, "bench.stream.soakSeconds");
  }
}

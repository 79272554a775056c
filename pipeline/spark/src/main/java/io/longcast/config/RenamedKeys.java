package io.longcast.config;

import java.util.Map;
import java.util.Optional;

/** Settings keys of earlier versions and the keys that replaced them. */
final class RenamedKeys {
  private static final Map<String, String> NEW_BY_OLD =
      Map.ofEntries(
          Map.entry("anomaly.control", "anomaly.alarmRateController"),
          Map.entry("anomaly.segments", "anomaly.parallelChunks"),
          Map.entry("anomaly.segmentWarmUp", "anomaly.chunkWarmUp"),
          Map.entry("bench.segments", "bench.chunks"),
          Map.entry("generate.logs", "logs.generate"),
          Map.entry("output.publish", "output.commitProtocol"),
          Map.entry("training.memberCuts", "training.memberHoldout"),
          Map.entry("training.rate.mostShardFactor", "training.rate.maxShardFactor"),
          Map.entry("training.validation.leastGain", "training.validation.minGain"),
          Map.entry("training.divergence.mostGradientNorm", "training.divergence.maxGradientNorm"),
          Map.entry("training.divergence.mostLossRise", "training.divergence.maxLossRise"),
          Map.entry("training.divergence.oddValue", "training.divergence.outlierFactor"),
          Map.entry("training.divergence.mostRemedies", "training.divergence.maxRecoveries"));

  private RenamedKeys() {}

  /** The present name of a key that an earlier version knew by another one. */
  static Optional<String> replacement(String key) {
    return Optional.ofNullable(NEW_BY_OLD.get(key));
  }
}

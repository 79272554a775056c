package io.longcast.flow;

import io.longcast.model.baseline.Baseline;
import io.longcast.model.bundle.Manifest;
import io.longcast.pipeline.DataSpan;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model of a store as it is listed.
 *
 * @param modelId its id
 * @param saved when it was saved
 * @param mase of the network on the validation windows; NaN for a classifier or a model of a log
 * @param bestBaseline with the lowest MASE; empty where none was compared
 * @param baselineMase its MASE; NaN likewise
 * @param forecastsBy the baseline that forecasts in place of the network; empty where the network
 *     does
 * @param gate what the gate said
 * @param rows counts of the rows it was trained on
 * @param data time of these rows; empty for models of earlier builds
 * @param promoted whether forecast and detect use it
 */
public record ModelSummary(
    String modelId,
    Instant saved,
    double mase,
    Optional<String> bestBaseline,
    double baselineMase,
    Optional<String> forecastsBy,
    String gate,
    String rows,
    Optional<DataSpan> data,
    boolean promoted) {
  private static final Set<String> BASELINES =
      Stream.of(Baseline.values()).map(Baseline::word).collect(Collectors.toSet());

  /** The summary of a manifest. */
  static ModelSummary of(Manifest manifest, Instant saved, boolean promoted) {
    Optional<Map.Entry<String, Map<String, Double>>> best =
        manifest.metrics().entrySet().stream()
            .filter(model -> BASELINES.contains(model.getKey()) && isScored(model.getValue()))
            .min(Comparator.comparingDouble(model -> model.getValue().get("mase")));
    double own =
        manifest.metrics().entrySet().stream()
            .filter(model -> !BASELINES.contains(model.getKey()) && isScored(model.getValue()))
            .mapToDouble(model -> model.getValue().get("mase"))
            .findFirst()
            .orElse(Double.NaN);
    return new ModelSummary(
        manifest.modelId(),
        saved,
        own,
        best.map(Map.Entry::getKey),
        best.map(model -> model.getValue().get("mase")).orElse(Double.NaN),
        Optional.ofNullable(manifest.notes().get("forecasts by")),
        manifest.notes().getOrDefault("gate", ""),
        manifest.notes().getOrDefault("rows", ""),
        DataSpan.of(manifest),
        promoted);
  }

  private static boolean isScored(Map<String, Double> metrics) {
    return Double.isFinite(metrics.getOrDefault("mase", Double.NaN));
  }
}

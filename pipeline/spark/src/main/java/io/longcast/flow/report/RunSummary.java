package io.longcast.flow.report;

import io.longcast.config.RunFile;
import io.longcast.config.RunSettings;
import io.longcast.config.RunSpec;
import io.longcast.model.baseline.Baseline;
import io.longcast.model.bundle.Manifest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the head of a report says of a run and its model.
 *
 * @param name of the run
 * @param created time of the report
 * @param modelId the model
 * @param parametersSha256 hash of its weights
 * @param dataFingerprint of what it was trained on
 * @param numerics that decide the bits
 * @param seed of the training
 * @param versions of the libraries
 * @param notes of the training, by topic
 * @param subject the network, as the metrics name it; empty where none is measured
 * @param best the best baseline, likewise
 * @param settings that differ from the defaults
 */
public record RunSummary(
    String name,
    String created,
    String modelId,
    String parametersSha256,
    String dataFingerprint,
    String numerics,
    long seed,
    Map<String, String> versions,
    Map<String, String> notes,
    String subject,
    String best,
    List<Setting> settings) {
  private static final Set<String> BASELINES =
      Stream.of(Baseline.values()).map(Baseline::word).collect(Collectors.toSet());
  private static final String CHOSEN = "chosen ";

  /**
   * A setting that differs from its default.
   *
   * @param key in the run file
   * @param value of the run
   * @param fallback its default; empty where there is none
   * @param reason why it was chosen from the data; empty where a user set it
   */
  public record Setting(String key, String value, String fallback, String reason) {}

  /** The summary of a model, whose metrics tell who forecasts best. */
  public static RunSummary of(RunSpec run, Manifest manifest, Instant now) {
    Map<String, Map<String, Double>> metrics = manifest.metrics();
    Map<String, String> notes = new TreeMap<>(manifest.notes());
    notes.keySet().removeIf(topic -> topic.startsWith(CHOSEN));
    return new RunSummary(
        run.name(),
        now.truncatedTo(ChronoUnit.SECONDS).toString(),
        manifest.modelId(),
        manifest.parametersSha256(),
        manifest.dataFingerprint(),
        manifest.numerics(),
        manifest.seed(),
        manifest.versions(),
        notes,
        best(metrics, false).orElse(""),
        best(metrics, true).orElse(""),
        settings(manifest));
  }

  private static Optional<String> best(Map<String, Map<String, Double>> metrics, boolean baseline) {
    return metrics.entrySet().stream()
        .filter(model -> BASELINES.contains(model.getKey()) == baseline)
        .filter(model -> Double.isFinite(model.getValue().getOrDefault("mase", Double.NaN)))
        .min(Comparator.comparingDouble(model -> model.getValue().get("mase")))
        .map(Map.Entry::getKey);
  }

  private static List<Setting> settings(Manifest manifest) {
    Map<String, String> defaults =
        RunSettings.all(RunFile.read(Optional.empty(), List.of()).spec());
    List<Setting> settings = new ArrayList<>();
    manifest
        .settings()
        .forEach(
            (key, value) -> {
              String fallback = defaults.getOrDefault(key, "");
              if (!value.equals(fallback)) {
                String reason = manifest.notes().getOrDefault(CHOSEN + key, "");
                settings.add(new Setting(key, value, fallback, reason));
              }
            });
    return settings;
  }
}

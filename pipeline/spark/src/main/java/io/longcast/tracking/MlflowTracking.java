package io.longcast.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import io.longcast.tracking.TrackedTraining.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Logs trainings to an MLflow server by its REST API: a run with parameters, metrics, tags, figures
 * and the bundle, and a version of a registered model whose source is the bundle. The version of a
 * model that was promoted gets the alias {@value #ALIAS}.
 */
public final class MlflowTracking {
  /** Of the promoted version. */
  public static final String ALIAS = "champion";

  /** Folder of the bundle among the files of a run. */
  public static final String BUNDLE = "bundle";

  private static final int MAX_PARAMETERS = 100;
  private static final int MAX_METRICS = 1000;
  private static final int MAX_VALUE = 500;
  private static final int MAX_TAG = 5000;

  private final TrackingSpec.Mlflow spec;
  private final MlflowServer server;

  /**
   * @param environment gives the value of a variable of the environment, or null
   */
  public MlflowTracking(TrackingSpec.Mlflow spec, UnaryOperator<String> environment) {
    this.spec = spec;
    server = new MlflowServer(spec, environment);
  }

  /**
   * What was logged.
   *
   * @param runId of the run
   * @param version of the registered model
   */
  public record Logged(String runId, String version) {}

  /**
   * Logs a training.
   *
   * @throws TrackingException if the server does not take it; the run is marked as failed then
   */
  public Logged log(TrackedTraining training) throws TrackingException {
    JsonNode info = createRun(training).path("run").path("info");
    String id = info.path("run_id").asText();
    String root = info.path("artifact_uri").asText();
    try {
      parameters(id, training.parameters());
      metrics(id, training.metrics());
      put(root, "", training.figures());
      put(root, BUNDLE + "/", training.bundle());
      end(id, "FINISHED", training.end());
      String version = register(id, root, training);
      return new Logged(id, version);
    } catch (TrackingException failed) {
      markFailed(id, training.end(), failed);
      throw failed;
    }
  }

  private JsonNode createRun(TrackedTraining training) throws TrackingException {
    return server.post(
        "runs/create",
        Map.of(
            "experiment_id",
            experiment(),
            "run_name",
            training.name(),
            "start_time",
            training.start().toEpochMilli(),
            "tags",
            pairs(training.tags(), MAX_TAG)));
  }

  private String experiment() throws TrackingException {
    try {
      return find();
    } catch (TrackingException none) {
      if (!MlflowServer.isCode(none, MlflowServer.MISSING)) {
        throw none;
      }
    }
    try {
      return server
          .post("experiments/create", Map.of("name", spec.experiment()))
          .path("experiment_id")
          .asText();
    } catch (TrackingException meanwhile) {
      if (MlflowServer.isCode(meanwhile, MlflowServer.EXISTS)) {
        return find();
      }
      throw meanwhile;
    }
  }

  private String find() throws TrackingException {
    return server
        .get("experiments/get-by-name", "experiment_name", spec.experiment())
        .path("experiment")
        .path("experiment_id")
        .asText();
  }

  private static List<Map<String, String>> pairs(Map<String, String> values, int longest) {
    List<Map<String, String>> pairs = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          if (!value.isEmpty()) {
            pairs.add(Map.of("key", name(key), "value", cut(value, longest)));
          }
        });
    return pairs;
  }

  private static String cut(String value, int longest) {
    return value.length() <= longest ? value : value.substring(0, longest - 1) + "…";
  }

  /** As the server takes names. */
  private static String name(String key) {
    return key.replaceAll("[^A-Za-z0-9_\\-./ ]", "_");
  }

  private void parameters(String id, Map<String, String> parameters) throws TrackingException {
    List<Map<String, String>> all = pairs(parameters, MAX_VALUE);
    for (int at = 0; at < all.size(); at += MAX_PARAMETERS) {
      List<?> part = all.subList(at, Math.min(all.size(), at + MAX_PARAMETERS));
      server.post("runs/log-batch", Map.of("run_id", id, "params", part));
    }
  }

  private void metrics(String id, List<Point> metrics) throws TrackingException {
    for (int at = 0; at < metrics.size(); at += MAX_METRICS) {
      List<Map<String, Object>> part = new ArrayList<>();
      for (Point point : metrics.subList(at, Math.min(metrics.size(), at + MAX_METRICS))) {
        part.add(
            Map.of(
                "key",
                name(point.name()),
                "value",
                point.value(),
                "step",
                point.step(),
                "timestamp",
                point.at().toEpochMilli()));
      }
      server.post("runs/log-batch", Map.of("run_id", id, "metrics", part));
    }
  }

  private void put(String root, String folder, Map<String, byte[]> files) throws TrackingException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      server.put(root, folder + file.getKey(), file.getValue());
    }
  }

  private void end(String id, String status, Instant at) throws TrackingException {
    server.post(
        "runs/update", Map.of("run_id", id, "status", status, "end_time", at.toEpochMilli()));
  }

  private void markFailed(String id, Instant at, TrackingException failure) {
    try {
      end(id, "FAILED", at);
    } catch (TrackingException too) {
      failure.addSuppressed(too);
    }
  }

  private String register(String id, String root, TrackedTraining training)
      throws TrackingException {
    try {
      server.post("registered-models/create", Map.of("name", spec.registeredModel()));
    } catch (TrackingException failed) {
      if (!MlflowServer.isCode(failed, MlflowServer.EXISTS)) {
        throw failed;
      }
    }
    String version =
        server
            .post(
                "model-versions/create",
                Map.of(
                    "name",
                    spec.registeredModel(),
                    "source",
                    root + "/" + BUNDLE,
                    "run_id",
                    id,
                    "tags",
                    pairs(Map.of("model_id", training.name()), MAX_TAG)))
            .path("model_version")
            .path("version")
            .asText();
    if (training.promoted()) {
      server.post(
          "registered-models/alias",
          Map.of("name", spec.registeredModel(), "alias", ALIAS, "version", version));
    }
    return version;
  }
}

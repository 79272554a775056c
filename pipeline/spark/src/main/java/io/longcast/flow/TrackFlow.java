package io.longcast.flow;

import io.longcast.config.RunSpec;
import io.longcast.model.bundle.Manifest;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.StageClock;
import io.longcast.report.SvgChart;
import io.longcast.tracking.MlflowTracking;
import io.longcast.tracking.TrackedTraining;
import io.longcast.tracking.TrackedTraining.Point;
import io.longcast.tracking.TrackingException;
import io.longcast.tracking.TrackingSpec;
import io.longcast.train.RoundRecord;
import io.longcast.train.TrainingResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a training where {@code tracking} says. */
public final class TrackFlow {
  private static final Logger LOG = LoggerFactory.getLogger(TrackFlow.class);
  private static final String CURVE = "figures/learning-curve.svg";
  private static final int WIDTH = 900;
  private static final int HEIGHT = 360;

  private TrackFlow() {}

  /**
   * Logs a training. One that cannot be logged is as good as any: it is said, and fails only where
   * {@code tracking.mlflow.required} says so.
   *
   * @param history rounds of the training, none of a model without
   * @param promoted whether the model is the latest of its name now
   * @return what was logged, or why nothing was, in words; empty where nothing is to be logged
   * @throws IllegalStateException if it is required and failed
   */
  public static Optional<String> log(
      RunSpec run,
      ModelBundle bundle,
      List<RoundRecord> history,
      boolean promoted,
      StageClock clock) {
    TrackingSpec.Mlflow spec = run.tracking().mlflow();
    if (spec.uri().isEmpty()) {
      return Optional.empty();
    }
    TrackedTraining training = training(bundle, history, promoted, clock, Instant.now());
    return Optional.of(clock.time("track", () -> log(spec, training)));
  }

  private static String log(TrackingSpec.Mlflow spec, TrackedTraining training) {
    try {
      MlflowTracking.Logged logged = new MlflowTracking(spec, System::getenv).log(training);
      return "mlflow: run %s in %s, version %s of %s%s"
          .formatted(
              logged.runId(),
              spec.experiment(),
              logged.version(),
              spec.registeredModel(),
              training.promoted() ? ", alias " + MlflowTracking.ALIAS : "");
    } catch (TrackingException failed) {
      String words = "mlflow: the training was not logged: " + failed.getMessage();
      if (spec.required()) {
        throw new IllegalStateException(
            words + " (tracking.mlflow.required = false goes on without)", failed);
      }
      LOG.warn(words);
      return words;
    }
  }

  private static TrackedTraining training(
      ModelBundle bundle,
      List<RoundRecord> history,
      boolean promoted,
      StageClock clock,
      Instant now) {
    Manifest manifest = bundle.manifest();
    double seconds = clock.seconds().values().stream().mapToDouble(each -> each).sum();
    Map<String, String> tags = new TreeMap<>();
    manifest.notes().forEach((topic, note) -> tags.put("longcast." + topic, note));
    tags.put("longcast.model_id", manifest.modelId());
    tags.put("longcast.name", manifest.name());
    tags.put("longcast.promoted", "" + promoted);
    tags.put("longcast.data", manifest.dataFingerprint());
    tags.put("longcast.parameters_sha256", manifest.parametersSha256());
    tags.put("longcast.numerics", manifest.numerics());
    tags.put("mlflow.source.name", "longcast");
    return new TrackedTraining(
        manifest.modelId(),
        now.minusMillis((long) (1000 * seconds)),
        now,
        manifest.settings(),
        tags,
        metrics(manifest, history, clock, now),
        history.isEmpty() ? Map.of() : Map.of(CURVE, curve(history)),
        bundle.files(),
        promoted);
  }

  private static List<Point> metrics(
      Manifest manifest, List<RoundRecord> history, StageClock clock, Instant now) {
    List<Point> points = new ArrayList<>();
    manifest
        .metrics()
        .forEach(
            (model, figures) ->
                figures.forEach(
                    (metric, value) -> points.add(new Point(model + "/" + metric, value, 0, now))));
    clock
        .seconds()
        .forEach((stage, spent) -> points.add(new Point("seconds/" + stage, spent, 0, now)));
    List<List<RoundRecord>> members = TrainingResult.byMember(history);
    for (int member = 0; member < members.size(); member++) {
      String prefix = member == 0 ? "" : "member_%d/".formatted(member + 1);
      for (RoundRecord round : members.get(member)) {
        figures(round)
            .forEach(
                (name, value) -> points.add(new Point(prefix + name, value, round.step(), now)));
      }
    }
    return points;
  }

  private static Map<String, Double> figures(RoundRecord round) {
    return Map.of(
        "training_loss", round.trainLoss(),
        "validation_loss", round.validationLoss(),
        "learning_rate", round.rate(),
        "gradient_norm", round.gradientNorm(),
        "windows_per_second", round.windowsPerSecond());
  }

  private static byte[] curve(List<RoundRecord> history) {
    SvgChart chart = SvgChart.overSteps("Loss by step", WIDTH, HEIGHT);
    for (List<RoundRecord> member : TrainingResult.byMember(history)) {
      List<RoundRecord> checked =
          member.stream().filter(round -> !Double.isNaN(round.validationLoss())).toList();
      boolean first = member.get(0) == history.get(0);
      chart
          .line(
              first ? "training" : "", "#2f6fb5", steps(member), of(member, RoundRecord::trainLoss))
          .dots(
              first ? "validation" : "",
              "#c0392b",
              steps(checked),
              of(checked, RoundRecord::validationLoss));
    }
    return chart.svg().getBytes(StandardCharsets.UTF_8);
  }

  private static double[] steps(List<RoundRecord> history) {
    return of(history, RoundRecord::step);
  }

  private static double[] of(List<RoundRecord> history, ToDoubleFunction<RoundRecord> figure) {
    return history.stream().mapToDouble(figure).toArray();
  }
}

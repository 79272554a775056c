package io.longcast.logs.language;

import io.longcast.logs.sequence.SessionSet;
import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepReport;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Trains the language model with one worker. */
public final class KeyTraining {
  private KeyTraining() {}

  /** A trainer of one thread. */
  public static KeyTrainer with(KeyModelSpec spec, KeyTrainingSpec training) {
    return (normal, stage) -> fit(normal, spec, training).model();
  }

  /**
   * A trained model and how it got there.
   *
   * @param model the model
   * @param reports of the updates
   */
  public record Outcome(KeyLanguageModel model, List<StepReport> reports) {
    /** A norm this many times the median is an explosion. */
    private static final double EXPLOSION = 1000;

    /** What went wrong with the gradients and what to do about it; empty if nothing did. */
    public Optional<String> diagnosis() {
      double[] norms = reports.stream().mapToDouble(StepReport::gradientNorm).toArray();
      double median = Arrays.stream(norms).sorted().skip(norms.length / 2).findFirst().orElse(0);
      double limit = Math.max(1, median) * EXPLOSION;
      long unclipped = reports.stream().filter(r -> exploded(r, limit) && !r.clipped()).count();
      double largest = Arrays.stream(norms).max().orElse(0);
      return unclipped == 0
          ? Optional.empty()
          : Optional.of(
              "the gradient exploded in %d of %d steps: norm up to %.3g, median %.3g; clip it at 1"
                      .formatted(unclipped, norms.length, largest, median)
                  + " (key logs.model.updater.gradientNorm)");
    }

    private static boolean exploded(StepReport report, double limit) {
      return report.gradientNorm() > limit;
    }
  }

  /**
   * Trains on normal sessions.
   *
   * @throws IllegalStateException if a gradient stops being a number: what to do is in the message
   */
  public static Outcome fit(SessionSet normal, KeyModelSpec spec, KeyTrainingSpec training) {
    KeyTrainableFactory factory =
        new KeyTrainableFactory(spec, normal.keys(), training.batchSize());
    SampledSessions sessions = new SampledSessions(normal, training.seed());
    WindowBatch batch = sessions.newBatch(training.batchSize(), normal.longest());
    List<StepReport> reports = new ArrayList<>();
    try (Trainable network = factory.open()) {
      network.initialize(training.seed());
      for (int step = 0; step < training.steps(); step++) {
        sessions.fill(batch, step);
        StepReport report = network.step(batch, new StepSettings(step, training.rate(step), step));
        reports.add(report);
        check(report, step, spec);
      }
      float[] parameters = new float[network.parameterCount()];
      network.store(parameters, null);
      return new Outcome(new KeyLanguageModel(spec, normal.keys(), parameters), reports);
    }
  }

  private static void check(StepReport report, int step, KeyModelSpec spec) {
    if (!Double.isFinite(report.gradientNorm()) || !Double.isFinite(report.loss())) {
      throw new IllegalStateException(
          "training exploded at step %d: loss %s, gradient norm %s, clipped at %s; lower it (key"
                  .formatted(
                      step, report.loss(), report.gradientNorm(), spec.updater().gradientNorm())
              + " logs.model.updater.gradientNorm) or the rate (key logs.training.peakRate)");
    }
  }
}

package io.longcast.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.model.ForecastBatch;
import io.longcast.model.ModelOutput;
import io.longcast.model.ModelOutput.Loss;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Cell;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.window.WindowBatch;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Quantiles come to lie where those of the targets are, whatever the loss. */
class QuantileLearningTest {
  private static final int BATCH = 32;

  private static void noise(SplittableRandom random, WindowBatch batch, int window) {
    batch.target()[window] = (float) (2 + .5 * random.nextGaussian());
  }

  @ParameterizedTest
  @EnumSource(
      value = Loss.class,
      names = {"MAE", "GAUSSIAN", "STUDENT_T"})
  void putsQuantilesWhereTheTargetsLie(Loss loss) {
    ModelOutput output = new ModelOutput(loss, .5, List.of(.1, .5, .9), 1, true, 0);
    ModelSpec spec = Specs.plain(Shape.MANY_TO_ONE, Cell.LSTM, 16).withOutput(output);
    ForecastBatch found = quantiles(spec, 600, QuantileLearningTest::noise);
    assertThat(found.point(0, 0)).isBetween(1.85f, 2.15f);
    assertThat(found.quantile(0, 0, 0)).isBetween(1.1f, 1.6f);
    assertThat(found.quantile(0, 0, 2)).isBetween(2.4f, 2.9f);
  }

  private static void counts(SplittableRandom random, WindowBatch batch, int window) {
    for (int j = 0; j < batch.contextLength(); j++) {
      batch.context()[window * batch.contextLength() + j] = count(random);
    }
    batch.target()[window] = count(random);
  }

  /** Three geometric counts of mean 2 each: negative binomial of mean 6 and variance 18. */
  private static int count(SplittableRandom random) {
    int failures = 0;
    for (int successes = 0; successes < 3; ) {
      boolean success = random.nextDouble() < 1 / 3.0;
      successes += success ? 1 : 0;
      failures += success ? 0 : 1;
    }
    return failures;
  }

  /** The tenth of the counts from below is 1, the tenth from above 12. */
  @Test
  void putsQuantilesWhereCountsLie() {
    ModelOutput output =
        new ModelOutput(Loss.NEGATIVE_BINOMIAL, .5, List.of(.1, .5, .9), 1, true, 0);
    ForecastBatch found =
        quantiles(
            Specs.plain(Shape.MANY_TO_ONE, Cell.LSTM, 16).withOutput(output),
            600,
            QuantileLearningTest::counts);
    assertThat(found.point(0, 0)).isBetween(5.2f, 6.8f);
    assertThat(found.quantile(0, 0, 0)).isBetween(.5f, 2.5f);
    assertThat(found.quantile(0, 0, 2)).isBetween(10.5f, 13.5f);
  }

  /** Forecasts of a batch after training. */
  private static ForecastBatch quantiles(ModelSpec spec, int steps, Tasks.Task task) {
    NetworkInputs inputs = NetworkInputs.of(3, 1);
    NetworkFactory factory = new NetworkFactory(spec, inputs);
    SplittableRandom random = new SplittableRandom(5);
    float[] parameters;
    try (Trainable network = factory.open()) {
      network.initialize(1);
      for (int step = 0; step < steps; step++) {
        double rate = 1e-2 * Math.min(1, 2 - 2.0 * step / steps);
        network.step(Tasks.batch(BATCH, inputs, random, task), new StepSettings(step, rate, step));
      }
      parameters = new float[network.parameterCount()];
      network.store(parameters, null);
    }
    try (NetworkForecaster forecaster = factory.forecaster(parameters)) {
      ForecastBatch found = new ForecastBatch(BATCH, 1, 3);
      forecaster.forecast(Tasks.batch(BATCH, inputs, random, task), found);
      return found;
    }
  }
}

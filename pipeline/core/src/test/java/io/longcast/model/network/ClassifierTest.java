package io.longcast.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ClassBatch;
import io.longcast.model.ForecastBatch;
import io.longcast.model.ModelOutput;
import io.longcast.model.ModelOutput.Loss;
import io.longcast.model.ModelOutput.Weighting;
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

/** What networks say of classes, alone and averaged, with classes that weigh more than others. */
class ClassifierTest {
  private static final int SIZE = 5;
  private static final int HORIZON = 2;
  private static final NetworkInputs INPUTS = NetworkInputs.of(6, HORIZON);
  private static final float[] WEIGHTS = {.5f, 1, 2};
  private static final WindowBatch BATCH = Windows.random(INPUTS, SIZE, 3);

  private static ModelSpec spec(int classes, List<Double> weights) {
    return Specs.plain(Shape.MANY_TO_ONE, Cell.GRU, 8)
        .withOutput(
            new ModelOutput(
                Loss.CROSS_ENTROPY, .5, List.of(), 1, true, classes, Weighting.EVEN, 0, weights));
  }

  private static float[] drawn(ModelSpec spec, long seed) {
    float[] parameters = new float[new NetworkFactory(spec, INPUTS).parameters()];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (.7 * random.nextGaussian());
    }
    return parameters;
  }

  private static ClassBatch classified(ModelSpec spec, float[] parameters) {
    ClassBatch found = new ClassBatch(SIZE, HORIZON, spec.output().classes());
    try (NetworkForecaster network = new NetworkFactory(spec, INPUTS).forecaster(parameters)) {
      network.classify(BATCH, found);
      ForecastBatch points = new ForecastBatch(SIZE, HORIZON, 0);
      network.forecast(BATCH, points);
      for (int at = 0; at < SIZE * HORIZON; at++) {
        assertThat((int) points.point()[at]).isEqualTo(found.codes()[at]);
      }
    }
    return found;
  }

  @Test
  void dividesTheWeightsOfTheClassesOutAndDecidesWithThem() {
    float[] parameters = drawn(spec(3, List.of()), 1);
    ClassBatch bare = classified(spec(3, List.of()), parameters);
    List<Double> weights = List.of(.5, 1.0, 20.0);
    ClassBatch weighed = classified(spec(3, weights), parameters);
    assertThat(weighed.codes()).isEqualTo(bare.codes()).contains(2);
    for (int at = 0; at < SIZE * HORIZON; at++) {
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        sum += bare.probabilities()[3 * at + k] / weights.get(k);
      }
      for (int k = 0; k < 3; k++) {
        double expected = bare.probabilities()[3 * at + k] / weights.get(k) / sum;
        assertThat((double) weighed.probabilities()[3 * at + k]).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void averagesTheProbabilitiesOfAnEnsemble() {
    ModelSpec spec = spec(3, List.of(.5, 1.0, 2.0));
    float[] one = drawn(spec, 1);
    float[] other = drawn(spec, 2);
    float[] both = new float[2 * one.length];
    System.arraycopy(one, 0, both, 0, one.length);
    System.arraycopy(other, 0, both, one.length, one.length);
    float[] a = classified(spec, one).probabilities();
    float[] b = classified(spec, other).probabilities();
    ClassBatch mean = classified(spec, both);
    for (int k = 0; k < a.length; k++) {
      assertThat(mean.probabilities()[k]).isCloseTo((a[k] + b[k]) / 2, within(1e-6f));
    }
    assertThat(a).isNotEqualTo(b);
    for (int at = 0; at < SIZE * HORIZON; at++) {
      float[] weighed = new float[3];
      for (int k = 0; k < 3; k++) {
        weighed[k] = mean.probabilities()[3 * at + k] * WEIGHTS[k];
      }
      int code = mean.codes()[at];
      assertThat(weighed[code]).isGreaterThanOrEqualTo(Math.max(weighed[0], weighed[1]));
      assertThat(weighed[code]).isGreaterThanOrEqualTo(weighed[2]);
    }
  }

  /** One label in ten is a fault, nothing tells which; faults weigh four times as much. */
  @Test
  void holdsARareClassAsProbableAsItIsFrequent() {
    ModelSpec spec = spec(2, List.of(1.0, 4.0));
    NetworkFactory factory = new NetworkFactory(spec, INPUTS);
    SplittableRandom random = new SplittableRandom(9);
    float[] parameters = new float[factory.parameters()];
    try (Trainable network = factory.open()) {
      network.initialize(1);
      for (int step = 0; step < 400; step++) {
        double rate = 1e-2 * Math.min(1, 2 - step / 200.0);
        network.step(unpredictable(random), new StepSettings(step, rate, step));
      }
      network.store(parameters, null);
    }
    float[] probabilities = classified(spec, parameters).probabilities();
    for (int at = 0; at < SIZE * HORIZON; at++) {
      assertThat(probabilities[2 * at + 1]).isBetween(.05f, .17f);
    }
  }

  private static WindowBatch unpredictable(SplittableRandom random) {
    WindowBatch batch = Windows.random(INPUTS, 128, random.nextLong());
    for (int at = 0; at < batch.target().length; at++) {
      batch.target()[at] = random.nextInt(10) == 0 ? 1 : 0;
    }
    return batch;
  }
}

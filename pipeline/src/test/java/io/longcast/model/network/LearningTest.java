package io.longcast.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.model.ForecastBatch;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Cell;
import io.longcast.model.ModelSpec.Convolution;
import io.longcast.model.ModelSpec.Decoder;
import io.longcast.model.ModelSpec.Encoding;
import io.longcast.model.ModelSpec.Loss;
import io.longcast.model.ModelSpec.Output;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.ModelSpec.Statics;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.window.WindowBatch;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each member of the family learns a task that needs it, far below what guessing reaches. */
class LearningTest {
  private static final int BATCH = 32;
  private static final Output SQUARES = new Output(Loss.MSE, .5, List.of(), 1, false, 0);

  /** Fills one window: context, known covariates from index {@code window}, target, code. */
  private interface Task {
    void fill(SplittableRandom random, WindowBatch batch, int window);
  }

  private static ModelSpec spec(
      Shape shape, Cell cell, int layers, int patch, Convolution front, Output output, int forced) {
    ModelSpec plain = Specs.plain(shape, cell, 16);
    return new ModelSpec(
        shape,
        cell,
        16,
        layers,
        0,
        1,
        patch,
        plain.scaling(),
        plain.skip(),
        plain.gate(),
        front,
        new Statics(Encoding.EMBEDDING, 4),
        output,
        new Decoder(forced),
        plain.updater());
  }

  private static ModelSpec spec(Shape shape, Cell cell) {
    return spec(shape, cell, 1, 1, new Convolution(0, 1, 1), SQUARES, 100);
  }

  private static WindowBatch batch(NetworkInputs inputs, SplittableRandom random, Task task) {
    WindowBatch batch = Windows.empty(inputs, BATCH);
    for (int i = 0; i < BATCH; i++) {
      Windows.add(batch, new float[inputs.contextLength()], new float[inputs.horizon()]);
      task.fill(random, batch, i);
    }
    return batch;
  }

  /** Mean loss of new windows after training. */
  private static double learn(ModelSpec spec, NetworkInputs inputs, int steps, Task task) {
    try (Trainable network = new NetworkFactory(spec, inputs).open()) {
      network.initialize(1);
      SplittableRandom random = new SplittableRandom(2);
      for (int step = 0; step < steps; step++) {
        double rate = 1e-2 * Math.min(1, 2 - 2.0 * step / steps);
        network.step(batch(inputs, random, task), new StepSettings(step, rate, step));
      }
      return network.loss(batch(inputs, random, task)).mean();
    }
  }

  /** The first of twelve values, plus or minus one, among noise, is the target. */
  private static void first(SplittableRandom random, WindowBatch batch, int window) {
    int context = batch.contextLength();
    float sign = random.nextBoolean() ? 1 : -1;
    batch.context()[window * context] = sign;
    for (int j = 1; j < context; j++) {
      batch.context()[window * context + j] = (float) (.3 * random.nextGaussian());
    }
    for (int t = 0; t < batch.horizon(); t++) {
      batch.target()[window * batch.horizon() + t] = sign * (t % 2 == 0 ? 1 : -1);
    }
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void remembersTheFirstValue(Cell cell) {
    NetworkInputs inputs = NetworkInputs.of(12, 1);
    assertThat(learn(spec(Shape.MANY_TO_ONE, cell), inputs, 400, LearningTest::first))
        .isLessThan(.1);
  }

  @Test
  void remembersThroughTwoLayers() {
    ModelSpec two = spec(Shape.MANY_TO_ONE, Cell.LSTM, 2, 1, new Convolution(0, 1, 1), SQUARES, 0);
    assertThat(learn(two, NetworkInputs.of(12, 1), 300, LearningTest::first)).isLessThan(.1);
  }

  @Test
  void forgetsNothingThatItReadsAtOnce() {
    NetworkInputs inputs = NetworkInputs.of(12, 3);
    assertThat(learn(spec(Shape.ONE_TO_ONE, Cell.RNN), inputs, 300, LearningTest::first))
        .isLessThan(.1);
  }

  @Test
  void unrollsTheNewestValueOverTheHorizon() {
    NetworkInputs inputs = NetworkInputs.of(1, 5);
    assertThat(learn(spec(Shape.ONE_TO_MANY, Cell.GRU), inputs, 300, LearningTest::first))
        .isLessThan(.1);
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void decodesAHorizonOfAnotherLength(Cell cell) {
    NetworkInputs inputs = NetworkInputs.of(9, 4);
    assertThat(learn(spec(Shape.SEQ2SEQ, cell), inputs, 400, LearningTest::first)).isLessThan(.1);
  }

  /** Labels each step by the parity of the ones so far. */
  private static void parity(SplittableRandom random, WindowBatch batch, int window) {
    boolean odd = false;
    for (int j = 0; j < batch.contextLength(); j++) {
      boolean one = random.nextBoolean();
      batch.context()[window * batch.contextLength() + j] = one ? 1 : -1;
      odd ^= one;
      int t = j - batch.contextLength() + batch.horizon();
      if (t >= 0) {
        batch.target()[window * batch.horizon() + t] = odd ? 1 : 0;
      }
    }
  }

  private static double parity(Cell cell, Shape shape) {
    NetworkInputs inputs = NetworkInputs.of(7, shape == Shape.MANY_TO_MANY ? 5 : 1);
    Output classes = new Output(Loss.CROSS_ENTROPY, .5, List.of(), 1, false, 2);
    ModelSpec spec = spec(shape, cell, 1, 1, new Convolution(0, 1, 1), classes, 0);
    return learn(spec, inputs, 800, LearningTest::parity);
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void labelsEveryStepFromWhatWasReadSoFar(Cell cell) {
    assertThat(parity(cell, Shape.MANY_TO_MANY)).isLessThan(.2);
  }

  /** Whether the motif up-down-up stands anywhere among noise; its place does not matter. */
  private static void motif(SplittableRandom random, WindowBatch batch, int window) {
    int context = batch.contextLength();
    boolean there = random.nextBoolean();
    for (int j = 0; j < context; j++) {
      batch.context()[window * context + j] = (float) (.4 * random.nextGaussian());
    }
    if (there) {
      int at = window * context + random.nextInt(context - 3);
      batch.context()[at] = 1.5f;
      batch.context()[at + 1] = -1.5f;
      batch.context()[at + 2] = 1.5f;
    }
    batch.target()[window] = there ? 1 : 0;
  }

  @Test
  void findsALocalMotifThroughConvolutions() {
    Convolution front = new Convolution(2, 6, 3);
    ModelSpec spec = spec(Shape.MANY_TO_ONE, Cell.LSTM, 1, 4, front, SQUARES, 0);
    assertThat(learn(spec, NetworkInputs.of(24, 1), 400, LearningTest::motif)).isLessThan(.1);
  }

  /** The target depends on the category alone. */
  private static void category(SplittableRandom random, WindowBatch batch, int window) {
    int code = random.nextInt(5);
    batch.statics()[window] = code;
    batch.context()[window * batch.contextLength()] = (float) random.nextGaussian();
    batch.target()[window] = code * code % 5 - 1;
  }

  @Test
  void learnsTheEffectOfACategory() {
    NetworkInputs inputs = new NetworkInputs(4, 1, 0, 0, 0, List.of(5));
    assertThat(learn(spec(Shape.MANY_TO_ONE, Cell.LSTM), inputs, 300, LearningTest::category))
        .isLessThan(.05);
  }

  private static void noise(SplittableRandom random, WindowBatch batch, int window) {
    batch.target()[window] = (float) (2 + .5 * random.nextGaussian());
  }

  @ParameterizedTest
  @EnumSource(
      value = Loss.class,
      names = {"MAE", "GAUSSIAN", "STUDENT_T"})
  void putsQuantilesWhereTheTargetsLie(Loss loss) {
    Output output = new Output(loss, .5, List.of(.1, .5, .9), 1, true, 0);
    NetworkInputs inputs = NetworkInputs.of(3, 1);
    ModelSpec spec = spec(Shape.MANY_TO_ONE, Cell.LSTM, 1, 1, new Convolution(0, 1, 1), output, 0);
    NetworkFactory factory = new NetworkFactory(spec, inputs);
    SplittableRandom random = new SplittableRandom(5);
    float[] parameters;
    try (Trainable network = factory.open()) {
      network.initialize(1);
      for (int step = 0; step < 600; step++) {
        double rate = 1e-2 * Math.min(1, 2 - step / 300.0);
        network.step(
            batch(inputs, random, LearningTest::noise), new StepSettings(step, rate, step));
      }
      parameters = new float[network.parameterCount()];
      network.store(parameters, null);
    }
    try (NetworkForecaster forecaster = factory.forecaster(parameters)) {
      ForecastBatch found = new ForecastBatch(BATCH, 1, 3);
      forecaster.forecast(batch(inputs, random, LearningTest::noise), found);
      assertThat(found.point(0, 0)).isBetween(1.85f, 2.15f);
      assertThat(found.quantile(0, 0, 0)).isBetween(1.1f, 1.6f);
      assertThat(found.quantile(0, 0, 2)).isBetween(2.4f, 2.9f);
    }
  }
}

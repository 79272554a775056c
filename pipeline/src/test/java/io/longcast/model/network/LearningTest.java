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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each member of the family learns a task that needs it, far below what guessing reaches; a member
 * without the part in question does not.
 */
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

  /** The oldest of the newest three values, plus or minus one, is the target; signs alternate. */
  private static void third(SplittableRandom random, WindowBatch batch, int window) {
    int context = batch.contextLength();
    for (int j = 0; j < context; j++) {
      batch.context()[window * context + j] = random.nextBoolean() ? 1 : -1;
    }
    float sign = batch.context()[window * context + context - 3];
    for (int t = 0; t < batch.horizon(); t++) {
      batch.target()[window * batch.horizon() + t] = sign * (t % 2 == 0 ? 1 : -1);
    }
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

  /** The target depends on the category alone. */
  private static void category(SplittableRandom random, WindowBatch batch, int window) {
    int code = random.nextInt(5);
    batch.statics()[window] = code;
    batch.context()[window * batch.contextLength()] = (float) random.nextGaussian();
    batch.target()[window] = code * code % 5 - 1;
  }

  /**
   * A task, the windows it comes in, and the loss that only a member that can do it stays below;
   * one that lacks what it needs stays above {@code fails}.
   */
  private record Needs(Task task, NetworkInputs inputs, int steps, double learned, double fails) {}

  private static final Needs LONG_MEMORY =
      new Needs(LearningTest::first, NetworkInputs.of(12, 3), 500, .15, .7);
  private static final Needs OTHER_LENGTH =
      new Needs(LearningTest::first, NetworkInputs.of(9, 4), 500, .15, .7);
  private static final Needs NEWEST_PATCH =
      new Needs(LearningTest::third, NetworkInputs.of(6, 6), 400, .15, .7);
  private static final Needs STEP_LABELS =
      new Needs(LearningTest::parity, NetworkInputs.of(12, 12), 900, .2, .4);
  private static final Needs MOTIF =
      new Needs(LearningTest::motif, NetworkInputs.of(96, 1), 150, .05, .12);
  private static final Needs CATEGORY =
      new Needs(LearningTest::category, new NetworkInputs(4, 1, 0, 0, 0, List.of(5)), 300, .05, .5);

  private static final Output LABELS = new Output(Loss.CROSS_ENTROPY, .5, List.of(), 1, false, 2);
  private static final Convolution NO_FRONT = new Convolution(0, 1, 1);
  private static final Convolution FRONT = new Convolution(1, 8, 3);

  /** Cell by shape by front, each on the task of its shape, beside a member that cannot do it. */
  static Stream<Arguments> family() {
    List<Arguments> all = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      for (Convolution front : List.of(NO_FRONT, FRONT)) {
        for (Shape shape : Shape.values()) {
          Needs needs = needs(shape);
          int patch = shape == Shape.ONE_TO_MANY ? 3 : 1;
          Output output = needs == STEP_LABELS ? LABELS : SQUARES;
          String name = cell + ", " + shape + (front == FRONT ? ", convolution" : "");
          all.add(Arguments.of(name, needs, spec(shape, cell, 1, patch, front, output, 100)));
        }
      }
    }
    return all.stream();
  }

  private static Needs needs(Shape shape) {
    return switch (shape) {
      case MANY_TO_ONE, ONE_TO_ONE -> LONG_MEMORY;
      case MANY_TO_MANY -> STEP_LABELS;
      case ONE_TO_MANY -> NEWEST_PATCH;
      case SEQ2SEQ -> OTHER_LENGTH;
    };
  }

  /** Parts that are switched on for a task of their own. */
  static Stream<Arguments> parts() {
    Convolution two = new Convolution(2, 6, 3);
    ModelSpec plain = spec(Shape.MANY_TO_ONE, Cell.LSTM);
    return Stream.of(
        Arguments.of(
            "two layers",
            LONG_MEMORY,
            spec(Shape.MANY_TO_ONE, Cell.LSTM, 2, 1, NO_FRONT, SQUARES, 0)),
        Arguments.of(
            "many-to-many over the horizon", LONG_MEMORY, spec(Shape.MANY_TO_MANY, Cell.GRU)),
        Arguments.of(
            "two convolutions", MOTIF, spec(Shape.MANY_TO_ONE, Cell.LSTM, 1, 24, two, SQUARES, 0)),
        Arguments.of("embedding", CATEGORY, plain),
        Arguments.of("one-hot", CATEGORY, encoding(Encoding.ONE_HOT)));
  }

  /** What each task is for: a member without it fails. */
  static Stream<Arguments> ablated() {
    ModelSpec newest = spec(Shape.ONE_TO_MANY, Cell.LSTM);
    ModelSpec atOnce = spec(Shape.ONE_TO_ONE, Cell.LSTM, 1, 1, NO_FRONT, LABELS, 0);
    return Stream.of(
        Arguments.of("newest value alone", LONG_MEMORY, newest),
        Arguments.of("newest value alone", OTHER_LENGTH, newest),
        Arguments.of("newest value, not its patch", NEWEST_PATCH, newest),
        Arguments.of("no recurrence", STEP_LABELS, atOnce),
        Arguments.of(
            "no convolution",
            MOTIF,
            spec(Shape.MANY_TO_ONE, Cell.LSTM, 1, 24, NO_FRONT, SQUARES, 0)),
        Arguments.of("no category", CATEGORY, encoding(Encoding.NONE)));
  }

  private static ModelSpec encoding(Encoding encoding) {
    ModelSpec plain = spec(Shape.MANY_TO_ONE, Cell.LSTM);
    return new ModelSpec(
        plain.shape(),
        plain.cell(),
        plain.hiddenSize(),
        1,
        0,
        1,
        1,
        plain.scaling(),
        plain.skip(),
        plain.gate(),
        plain.convolution(),
        new Statics(encoding, 4),
        plain.output(),
        plain.decoder(),
        plain.updater());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"family", "parts"})
  void learnsWhatItIsFor(String member, Needs needs, ModelSpec spec) {
    double loss = learn(spec, needs.inputs(), needs.steps(), needs.task());
    assertThat(loss).as(member).isLessThan(needs.learned());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ablated")
  void failsWithoutIt(String member, Needs needs, ModelSpec spec) {
    double loss = learn(spec, needs.inputs(), needs.steps(), needs.task());
    assertThat(loss).as(member).isGreaterThan(needs.fails());
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

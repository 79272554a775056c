package io.longcast.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.model.ModelOutput;
import io.longcast.model.ModelOutput.Loss;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Cell;
import io.longcast.model.ModelSpec.Convolution;
import io.longcast.model.ModelSpec.Decoder;
import io.longcast.model.ModelSpec.Encoding;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.ModelSpec.Statics;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each member of the family learns a task that needs it, far below what guessing reaches; a member
 * without the part in question does not.
 */
@Tag("longWithoutVector")
class LearningTest {
  private static final int BATCH = 32;
  private static final ModelOutput SQUARES = new ModelOutput(Loss.MSE, .5, List.of(), 1, false, 0);

  private static ModelSpec spec(
      Shape shape,
      Cell cell,
      int layers,
      int patch,
      Convolution front,
      ModelOutput output,
      int forced) {
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

  /** Mean loss of new windows after training. */
  private static double learn(ModelSpec spec, NetworkInputs inputs, int steps, Tasks.Task task) {
    try (Trainable network = new NetworkFactory(spec, inputs).open()) {
      network.initialize(1);
      SplittableRandom random = new SplittableRandom(2);
      for (int step = 0; step < steps; step++) {
        double rate = 1e-2 * Math.min(1, 2 - 2.0 * step / steps);
        network.step(Tasks.batch(BATCH, inputs, random, task), new StepSettings(step, rate, step));
      }
      return network.loss(Tasks.batch(BATCH, inputs, random, task)).mean();
    }
  }

  private static final ModelOutput LABELS =
      new ModelOutput(Loss.CROSS_ENTROPY, .5, List.of(), 1, false, 2);
  private static final Convolution NO_FRONT = new Convolution(0, 1, 1);
  private static final Convolution FRONT = new Convolution(1, 8, 3);

  /** Cell by shape by front, each on the task of its shape, beside a member that cannot do it. */
  static Stream<Arguments> family() {
    List<Arguments> all = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      for (Convolution front : List.of(NO_FRONT, FRONT)) {
        for (Shape shape : Shape.values()) {
          Tasks.Needs needs = needs(shape);
          int patch = shape == Shape.ONE_TO_MANY ? 3 : 1;
          ModelOutput output = needs == Tasks.STEP_LABELS ? LABELS : SQUARES;
          String name = cell + ", " + shape + (front == FRONT ? ", convolution" : "");
          all.add(Arguments.of(name, needs, spec(shape, cell, 1, patch, front, output, 100)));
        }
      }
    }
    return all.stream();
  }

  private static Tasks.Needs needs(Shape shape) {
    return switch (shape) {
      case MANY_TO_ONE, ONE_TO_ONE -> Tasks.LONG_MEMORY;
      case MANY_TO_MANY -> Tasks.STEP_LABELS;
      case ONE_TO_MANY -> Tasks.NEWEST_PATCH;
      case SEQ2SEQ -> Tasks.OTHER_LENGTH;
    };
  }

  /** Parts that are switched on for a task of their own. */
  static Stream<Arguments> parts() {
    Convolution two = new Convolution(2, 6, 3);
    ModelSpec plain = spec(Shape.MANY_TO_ONE, Cell.LSTM);
    return Stream.of(
        Arguments.of(
            "two layers",
            Tasks.LONG_MEMORY,
            spec(Shape.MANY_TO_ONE, Cell.LSTM, 2, 1, NO_FRONT, SQUARES, 0)),
        Arguments.of(
            "many-to-many over the horizon", Tasks.LONG_MEMORY, spec(Shape.MANY_TO_MANY, Cell.GRU)),
        Arguments.of(
            "two convolutions",
            Tasks.MOTIF,
            spec(Shape.MANY_TO_ONE, Cell.LSTM, 1, 24, two, SQUARES, 0)),
        Arguments.of(
            "known covariate, step by step", Tasks.KNOWN, spec(Shape.MANY_TO_MANY, Cell.LSTM)),
        Arguments.of("known covariate, at once", Tasks.KNOWN, plain),
        Arguments.of("known covariate, decoder", Tasks.KNOWN, spec(Shape.SEQ2SEQ, Cell.GRU)),
        Arguments.of("past covariate", Tasks.PAST, plain),
        Arguments.of("embedding", Tasks.CATEGORY, plain),
        Arguments.of("one-hot", Tasks.CATEGORY, encoding(Encoding.ONE_HOT)));
  }

  /** What each task is for: a member without it fails. */
  static Stream<Arguments> ablated() {
    ModelSpec newest = spec(Shape.ONE_TO_MANY, Cell.LSTM);
    ModelSpec atOnce = spec(Shape.ONE_TO_ONE, Cell.LSTM, 1, 1, NO_FRONT, LABELS, 0);
    return Stream.of(
        Arguments.of("newest value alone", Tasks.LONG_MEMORY, newest),
        Arguments.of("newest value alone", Tasks.OTHER_LENGTH, newest),
        Arguments.of("newest value, not its patch", Tasks.NEWEST_PATCH, newest),
        Arguments.of("no recurrence", Tasks.STEP_LABELS, atOnce),
        Arguments.of(
            "no convolution",
            Tasks.MOTIF,
            spec(Shape.MANY_TO_ONE, Cell.LSTM, 1, 24, NO_FRONT, SQUARES, 0)),
        Arguments.of("no known covariate", Tasks.NOT_KNOWN, spec(Shape.MANY_TO_MANY, Cell.LSTM)),
        Arguments.of("no past covariate", Tasks.NO_PAST, spec(Shape.MANY_TO_ONE, Cell.LSTM)),
        Arguments.of("no category", Tasks.CATEGORY, encoding(Encoding.NONE)));
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
  void learnsWhatItIsFor(String member, Tasks.Needs needs, ModelSpec spec) {
    double loss = learn(spec, needs.inputs(), needs.steps(), needs.task());
    assertThat(loss).as(member).isLessThan(needs.learned());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ablated")
  void failsWithoutIt(String member, Tasks.Needs needs, ModelSpec spec) {
    double loss = learn(spec, needs.inputs(), needs.steps(), needs.task());
    assertThat(loss).as(member).isGreaterThan(needs.fails());
  }
}

package io.longcast.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ModelOutput;
import io.longcast.model.ModelOutput.Loss;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Cell;
import io.longcast.model.ModelSpec.Convolution;
import io.longcast.model.ModelSpec.Encoding;
import io.longcast.model.ModelSpec.Gate;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.ModelSpec.Skip;
import io.longcast.model.ModelSpec.Statics;
import io.longcast.model.ModelSpec.Updater;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.model.recurrent.Numerics;
import io.longcast.scale.Level;
import io.longcast.scale.ScalingSpec;
import io.longcast.scale.Spread;
import io.longcast.scale.Transform;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The network's loss and gradient against a plain one in double precision. */
class GradientTest {
  private static final NetworkInputs FULL = new NetworkInputs(13, 5, 1, 1, 1, List.of(3, 4));
  private static final double STEP = 1e-6;

  static Stream<Arguments> members() {
    Stream<Arguments> shapes =
        Stream.of(Shape.values())
            .flatMap(
                shape ->
                    Stream.of(Cell.values())
                        .map(cell -> member(shape + " " + cell, full(shape, cell))));
    ModelOutput mse = new ModelOutput(Loss.MSE, .5, List.of(), 1, false, 0);
    Stream<Arguments> others =
        Stream.of(
            member(
                "two convolutions",
                with(full(Shape.MANY_TO_ONE, Cell.LSTM), new Convolution(2, 3, 3), mse)),
            member(
                "convolution, many-to-many",
                with(full(Shape.MANY_TO_MANY, Cell.GRU), new Convolution(1, 3, 4), mse)),
            member("mae and quantiles", losses(Loss.MAE, List.of(.1, .3, .5, .9))),
            member("huber and quantiles", losses(Loss.HUBER, List.of(.05, .5, .8, .95))),
            member("mse and quantiles", losses(Loss.MSE, List.of(.2, .4, .6))),
            member("gaussian", losses(Loss.GAUSSIAN, List.of(.1, .9))),
            member("student-t", losses(Loss.STUDENT_T, List.of(.1, .9))),
            member("negative binomial", whole(Shape.MANY_TO_ONE, Loss.NEGATIVE_BINOMIAL, 0)),
            member("classes", whole(Shape.MANY_TO_ONE, Loss.CROSS_ENTROPY, 3)),
            member(
                "weighed classes",
                whole(Shape.MANY_TO_MANY, Loss.CROSS_ENTROPY, 3)
                    .withClassWeights(List.of(.3, 1.0, 5.0))),
            member("classes per step", whole(Shape.MANY_TO_MANY, Loss.CROSS_ENTROPY, 3)));
    return Stream.concat(Stream.concat(shapes, others), truncated());
  }

  /** Four steps of context and two of horizon. */
  private static Stream<Arguments> truncated() {
    ModelOutput mse = new ModelOutput(Loss.MSE, .5, List.of(), 1, false, 0);
    ModelSpec front = with(full(Shape.MANY_TO_ONE, Cell.LSTM), new Convolution(1, 3, 4), mse);
    return Stream.of(
        member("last step of many-to-one", cut(full(Shape.MANY_TO_ONE, Cell.LSTM), 1)),
        member("last three steps of many-to-one", cut(full(Shape.MANY_TO_ONE, Cell.RNN), 3)),
        member("many-to-many by two", cut(full(Shape.MANY_TO_MANY, Cell.LSTM), 2)),
        member("many-to-many by four", cut(full(Shape.MANY_TO_MANY, Cell.GRU), 4)),
        member("one-to-many by one", cut(full(Shape.ONE_TO_MANY, Cell.GRU), 1)),
        member("seq2seq, encoder by two", cut(full(Shape.SEQ2SEQ, Cell.LSTM), 2)),
        member("convolution by two", cut(front, 2)),
        member(
            "labels of the context by three",
            cut(whole(Shape.MANY_TO_MANY, Loss.CROSS_ENTROPY, 3), 3)));
  }

  static ModelSpec cut(ModelSpec spec, int steps) {
    return with(spec, new Updater(.9, .999, 1e-7, 1, steps), spec.convolution(), spec.output());
  }

  private static Arguments member(String name, ModelSpec spec) {
    return Arguments.of(name, spec);
  }

  private static ModelSpec losses(Loss loss, List<Double> levels) {
    return with(
        full(Shape.MANY_TO_ONE, Cell.LSTM),
        new Convolution(0, 1, 1),
        new ModelOutput(loss, .5, levels, .7, true, 0));
  }

  /** For counts and classes: unscaled, targets 0, 1 and 2. */
  private static ModelSpec whole(Shape shape, Loss loss, int classes) {
    ModelSpec plain = Specs.plain(shape, Cell.LSTM, 5);
    Spread spread = loss == Loss.NEGATIVE_BINOMIAL ? Spread.MEAN_ABSOLUTE : Spread.ONE;
    return new ModelSpec(
        shape,
        plain.cell(),
        5,
        1,
        0,
        1,
        1,
        new ScalingSpec(Transform.NONE, Level.ZERO, spread, 20, false),
        plain.skip(),
        plain.gate(),
        plain.convolution(),
        plain.statics(),
        new ModelOutput(loss, .5, List.of(), 1, true, classes),
        plain.decoder(),
        plain.updater());
  }

  private static ModelSpec full(Shape shape, Cell cell) {
    ModelSpec plain = Specs.plain(shape, cell, 5);
    return new ModelSpec(
        shape,
        cell,
        5,
        2,
        0,
        3,
        3,
        new ScalingSpec(Transform.LOG, Level.LAST_SEASON, Spread.DEVIATION, 20, true),
        new Skip(true, List.of(1, 2)),
        new Gate(3),
        plain.convolution(),
        new Statics(cell == Cell.GRU ? Encoding.ONE_HOT : Encoding.EMBEDDING, 2),
        new ModelOutput(Loss.MSE, .5, List.of(.25, .75), .5, true, 0),
        plain.decoder(),
        plain.updater());
  }

  private static ModelSpec with(ModelSpec spec, Convolution convolution, ModelOutput output) {
    return with(spec, spec.updater(), convolution, output);
  }

  private static ModelSpec with(
      ModelSpec spec, Updater updater, Convolution convolution, ModelOutput output) {
    return new ModelSpec(
        spec.shape(),
        spec.cell(),
        spec.hiddenSize(),
        spec.layers(),
        spec.dropout(),
        spec.seasonalPeriod(),
        spec.patchLength(),
        spec.scaling(),
        spec.skip(),
        spec.gate(),
        convolution,
        spec.statics(),
        output,
        spec.decoder(),
        updater);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("members")
  void agreesWithCentralDifferences(String name, ModelSpec spec) {
    try (ForecastNetwork network = new ForecastNetwork(spec, FULL, Numerics.plain())) {
      WindowBatch batch = Windows.random(FULL, 6, 3);
      if (spec.scaling().level() == Level.ZERO) {
        Windows.countTargets(batch, 3);
      }
      if (spec.scaling().spread() == Spread.MEAN_ABSOLUTE) {
        // The reference counts in units of 1.
        Arrays.fill(batch.context(), 1);
      }
      float[] parameters = perturbed(network);
      float[] gradient = new float[parameters.length];
      double loss = network.lossAndGradient(batch, parameters, gradient, new StepSettings(0, 0, 1));
      ReferenceNetwork reference = new ReferenceNetwork(network);
      Tape scaled = scaled(spec, batch);
      double[] exact = widen(parameters);
      if (spec.updater().backpropSteps() > 0) {
        reference.cutUnder(exact);
      }
      assertThat(loss).isCloseTo(reference.loss(exact, scaled, batch, true), within(2e-6 * loss));
      double largest = 0;
      double worst = 0;
      for (int i = 1; i < exact.length; i += 3) {
        double numeric = difference(reference, exact, i, scaled, batch);
        largest = Math.max(largest, Math.abs(numeric));
        worst = Math.max(worst, Math.abs(numeric - gradient[i]));
      }
      System.out.printf("gradient %-28s relative error %.1e%n", name, worst / largest);
      assertThat(worst / largest).isLessThan(5e-6);
    }
  }

  @Test
  void aCutGradientIsNotTheWholeOne() {
    ModelSpec whole = full(Shape.MANY_TO_ONE, Cell.LSTM);
    float[] uncut = gradient(whole);

    assertThat(gradient(cut(whole, 2))).hasSameSizeAs(uncut).isNotEqualTo(uncut);
    assertThat(gradient(cut(whole, 4))).isEqualTo(uncut);
    assertThat(gradient(cut(whole, 100))).isEqualTo(uncut);
  }

  private static float[] gradient(ModelSpec spec) {
    try (ForecastNetwork network = new ForecastNetwork(spec, FULL, Numerics.plain())) {
      float[] gradient = new float[network.layout().length()];
      WindowBatch batch = Windows.random(FULL, 6, 3);
      network.lossAndGradient(batch, perturbed(network), gradient, new StepSettings(0, 0, 1));
      return gradient;
    }
  }

  private static double difference(
      ReferenceNetwork reference, double[] at, int i, Tape scaled, WindowBatch batch) {
    double value = at[i];
    at[i] = value + STEP;
    double up = reference.loss(at, scaled, batch, true);
    at[i] = value - STEP;
    double down = reference.loss(at, scaled, batch, true);
    at[i] = value;
    return (up - down) / (2 * STEP);
  }

  private static float[] perturbed(ForecastNetwork network) {
    float[] parameters = new float[network.layout().length()];
    network.initialize(parameters, 5);
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += (float) (.2 * random.nextGaussian());
    }
    return parameters;
  }

  private static Tape scaled(ModelSpec spec, WindowBatch batch) {
    Tape tape = new Tape(batch.capacity(), spec, FULL, 0, 0, null);
    tape.accept(batch, true);
    return tape;
  }

  private static double[] widen(float[] x) {
    double[] wide = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      wide[i] = x[i];
    }
    return wide;
  }
}

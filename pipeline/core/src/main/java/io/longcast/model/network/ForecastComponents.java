package io.longcast.model.network;

import io.longcast.model.ModelOutput.Loss;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.loss.OutputLoss;
import io.longcast.model.recurrent.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** The components of a spec: recurrent layers first, then the additive ones. */
final class ForecastComponents {
  private final NetworkShape shape;
  private final Encoder encoder;
  private final Decoder decoder;
  private final List<ForecastComponent> parts = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  ForecastComponents(
      ModelSpec model,
      NetworkInputs inputs,
      OutputLoss loss,
      Backend backend,
      ParameterLayout.Builder layout) {
    shape = NetworkShape.of(model, inputs);
    boolean direct = shape.horizonPatches() == 0;
    boolean apart = model.shape() == Shape.SEQ2SEQ;
    int units = model.hiddenSize();
    encoder = new Encoder(model, inputs, shape, backend, layout);
    addScaledPaths(model, inputs, layout);
    if (direct) {
      add("recurrent", new DirectHead(loss, model, inputs, layout));
    }
    StepHead head = direct ? null : new StepHead(loss, inputs, shape, units, layout);
    decoder = apart ? new Decoder(model, inputs, shape, encoder, head, backend, layout) : null;
    if (!direct) {
      add("recurrent", apart ? decoder : head);
    }
  }

  /** What adds to the point in scaled units; classes have no use for it. */
  private void addScaledPaths(
      ModelSpec model, NetworkInputs inputs, ParameterLayout.Builder layout) {
    if (model.output().loss() == Loss.CROSS_ENTROPY) {
      return;
    }
    if (model.skip().enabled()) {
      add("skip", new LinearSkip(model, inputs, layout));
    }
    if (model.gate().seasons() > 0) {
      add("season", new SeasonalGate(model, inputs, layout));
    }
    if (inputs.knownCovariates() > 0) {
      add("covariates", new KnownGate(model, inputs, layout));
    }
  }

  private void add(String name, ForecastComponent part) {
    names.add(name);
    parts.add(part);
  }

  /** What the parts are called, in the order in which they are added. */
  List<String> names() {
    return names;
  }

  NetworkShape shape() {
    return shape;
  }

  /** Recurrent time steps of the encoder. */
  int encoderSteps() {
    return encoder.steps();
  }

  void initialize(float[] parameters, SplittableRandom random) {
    encoder.initialize(parameters, random.split());
    for (ForecastComponent part : parts) {
      part.initialize(parameters, random.split());
    }
  }

  void forward(Tape tape, float[] parameters) {
    forward(tape, parameters, part -> {});
  }

  /** The same, with a look at the outputs after each part, by its number. */
  void forward(Tape tape, float[] parameters, IntConsumer after) {
    encoder.forward(tape, parameters);
    for (int p = 0; p < parts.size(); p++) {
      parts.get(p).forward(tape, parameters);
      after.accept(p);
    }
  }

  void backward(Tape tape, float[] parameters, float[] gradient) {
    for (int p = parts.size() - 1; p >= 0; p--) {
      parts.get(p).backward(tape, parameters, gradient);
    }
    encoder.backward(tape, parameters, gradient, decoder == null ? null : decoder.startGradient());
  }
}

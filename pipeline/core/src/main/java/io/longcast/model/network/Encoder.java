package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.NetworkInputs;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Dropout;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The recurrent layers over the context, and for the shapes many-to-many and one-to-many on over
 * the horizon. Where the context's own steps are labelled, the newest of their states go out as
 * steps. Patches that are left padding throughout are masked: the state stays zero.
 */
final class Encoder {
  private static final long STEPS_SEED = 0x2545F4914F6CDD1DL;

  private final NetworkShape shape;
  private final int horizonSteps;
  private final int outSteps;
  private final int firstOut;
  private final int firstRead;
  private final int hidden;
  private final int firstStep;
  private final StaticInputs statics;
  private final ConvolutionFront front;
  private final StepInputs inputs;
  private final Recurrence recurrence;
  private final int backpropSteps;
  private final Dropout dropout;
  private final Backend backend;
  private ChunkedStack layers;
  private float[] outputs;
  private float[] dInputs;

  Encoder(
      ModelSpec model,
      NetworkInputs windows,
      NetworkShape shape,
      Backend backend,
      ParameterLayout.Builder layout) {
    this.shape = shape;
    horizonSteps = shape.stepsBeyond(model.shape() == Shape.SEQ2SEQ);
    outSteps = shape.labels() ? shape.horizonPatches() : horizonSteps;
    firstOut = shape.contextPatches() + horizonSteps - outSteps;
    firstRead = Math.min(firstOut, shape.contextPatches() - 1);
    this.backend = backend;
    hidden = model.hiddenSize();
    firstStep = windows.contextLength() - shape.contextPatches() * shape.patch();
    backpropSteps = model.updater().backpropSteps();
    dropout = new Dropout(model.dropout());
    statics = new StaticInputs(model.statics(), windows.categories(), layout);
    front =
        model.convolution().layers() == 0
            ? null
            : new ConvolutionFront(model.convolution(), windows, layout);
    inputs =
        new StepInputs(
            model,
            windows,
            shape.patch(),
            shape.contextPatches(),
            windows.pastCovariates(),
            statics,
            front);
    String name = model.cell().name().toLowerCase(Locale.ROOT);
    recurrence = new Recurrence(name, model, inputs.width(), layout);
  }

  StaticInputs statics() {
    return statics;
  }

  /** The layers, after a forward pass. */
  RecurrentStack stack() {
    return layers.stack();
  }

  void initialize(float[] parameters, RandomGenerator random) {
    statics.initialize(parameters, random);
    if (front != null) {
      front.initialize(parameters, random);
    }
    recurrence.initialize(parameters, random);
  }

  /** Recurrent steps over context and horizon. */
  int steps() {
    return shape.contextPatches() + horizonSteps;
  }

  private void grow(Tape tape) {
    if (layers != null && layers.stack().maxBatch() >= tape.capacity()) {
      return;
    }
    int batch = tape.capacity();
    layers = new ChunkedStack(recurrence, batch, steps(), firstRead, backpropSteps, backend);
    outputs = new float[outSteps == 0 ? 0 : (steps() - firstRead) * batch * hidden];
    dInputs = new float[layers.chunkLength() * batch * inputs.width()];
  }

  /** Runs the layers and fills the tape's state and steps. */
  void forward(Tape tape, float[] parameters) {
    grow(tape);
    if (front != null) {
      front.forward(tape, parameters);
    }
    layers.stack().load(parameters, recurrence.offset());
    boolean direct = outSteps == 0;
    layers.forward(tape, new Written(tape, parameters), direct ? tape.state : outputs);
    if (!direct) {
      int length = tape.size * hidden;
      System.arraycopy(outputs, originAt() * length, tape.state, 0, length);
      System.arraycopy(outputs, stepsAt() * length, tape.steps, 0, outSteps * length);
    }
    drop(tape, tape.steps);
  }

  /** Where the state after the context lies among the states that are read. */
  private int originAt() {
    return shape.contextPatches() - 1 - firstRead;
  }

  /** Where the first step that goes out lies among them. */
  private int stepsAt() {
    return firstOut - firstRead;
  }

  /** The inputs of a batch, written where the layers want them. */
  private final class Written implements ChunkedStack.Inputs {
    private final Tape tape;
    private final float[] parameters;

    Written(Tape tape, float[] parameters) {
      this.tape = tape;
      this.parameters = parameters;
    }

    @Override
    public void write(int step, int row, float[] to, int at) {
      int d = step - shape.contextPatches();
      if (d < 0) {
        inputs.context(tape, parameters, step, row, to, at);
      } else {
        inputs.horizon(tape, parameters, d, row, null, 0, to, at);
      }
    }

    @Override
    public boolean padding(int step, int row) {
      int end = firstStep + (step + 1) * shape.patch();
      return step < shape.contextPatches() - 1 && tape.batch.padding(row) >= end;
    }
  }

  /** The same pattern forward and backward. */
  private void drop(Tape tape, float[] steps) {
    if (tape.training && dropout.rate() > 0) {
      int length = tape.size * hidden;
      dropout.apply(tape.dropoutSeed ^ STEPS_SEED, 0, steps, 0, outSteps * length);
    }
  }

  /**
   * Backward from the tape's gradients of state and steps.
   *
   * @param dFinal gradient of the whole state after the context, or null
   */
  void backward(Tape tape, float[] parameters, float[] gradient, float[] dFinal) {
    drop(tape, tape.dSteps);
    boolean direct = outSteps == 0;
    if (!direct) {
      int length = tape.size * hidden;
      Arrays.fill(outputs, 0);
      System.arraycopy(tape.dSteps, 0, outputs, stepsAt() * length, outSteps * length);
      LinearMap.add(length, tape.dState, 0, outputs, originAt() * length);
    }
    layers.backward(
        tape,
        new Written(tape, parameters),
        direct ? tape.dState : outputs,
        dFinal,
        gradient,
        recurrence.offset(),
        (begin, end) -> passOn(tape, begin, end, gradient),
        inputs.hasGradient() || tape.stepNorms != null);
    if (front != null) {
      front.backward(tape, parameters, gradient);
    }
  }

  private void passOn(Tape tape, int begin, int end, float[] gradient) {
    if (tape.stepNorms == null && !inputs.hasGradient()) {
      return;
    }
    layers.stack().inputGradient(dInputs, 0);
    int row = inputs.width();
    for (int t = begin; t < end; t++) {
      int from = (t - begin) * tape.size * row;
      if (tape.stepNorms != null) {
        tape.stepNorms[t] = norm(dInputs, from, tape.size * row);
      }
      for (int i = 0; inputs.hasGradient() && i < tape.size; i++) {
        if (t < shape.contextPatches()) {
          inputs.contextGradient(tape, t, i, dInputs, from + i * row, gradient);
        } else {
          inputs.staticGradient(tape, i, dInputs, from + i * row, gradient);
        }
      }
    }
  }

  private static double norm(float[] values, int at, int length) {
    double sum = 0;
    for (int i = at; i < at + length; i++) {
      sum += (double) values[i] * values[i];
    }
    return Math.sqrt(sum);
  }
}

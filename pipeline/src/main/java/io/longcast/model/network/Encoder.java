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
  private final int hidden;
  private final int firstStep;
  private final StaticInputs statics;
  private final ConvolutionFront front;
  private final StepInputs inputs;
  private final Recurrence recurrence;
  private final Dropout dropout;
  private final Backend backend;
  private RecurrentStack stack;
  private float[] mask;
  private float[] states;
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
    this.backend = backend;
    hidden = model.hiddenSize();
    firstStep = windows.contextLength() - shape.contextPatches() * shape.patch();
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
    return stack;
  }

  void initialize(float[] parameters, RandomGenerator random) {
    statics.initialize(parameters, random);
    if (front != null) {
      front.initialize(parameters, random);
    }
    recurrence.initialize(parameters, random);
  }

  private int steps() {
    return shape.contextPatches() + horizonSteps;
  }

  private void grow(Tape tape) {
    if (stack != null && stack.maxBatch() >= tape.capacity()) {
      return;
    }
    int rows = steps() * tape.capacity();
    stack = recurrence.open(tape.capacity(), steps(), backend);
    mask = new float[rows];
    states = new float[outSteps == 0 ? 0 : rows * hidden];
    dInputs = new float[inputs.hasGradient() ? rows * inputs.width() : 0];
  }

  /** Runs the layers and fills the tape's state and steps. */
  void forward(Tape tape, float[] parameters) {
    grow(tape);
    if (front != null) {
      front.forward(tape, parameters);
    }
    stack.load(parameters, recurrence.offset());
    stack.begin(tape.size, steps());
    maskPadding(tape);
    writeInputs(tape, parameters);
    if (tape.training) {
      stack.forwardTraining(tape.dropoutSeed);
    } else {
      stack.forward();
    }
    readStates(tape);
  }

  private void maskPadding(Tape tape) {
    boolean any = false;
    for (int i = 0; i < tape.size; i++) {
      any |= tape.batch.padding(i) >= firstStep + shape.patch();
    }
    if (!any) {
      return;
    }
    for (int t = 0; t < steps(); t++) {
      int end = firstStep + (t + 1) * shape.patch();
      for (int i = 0; i < tape.size; i++) {
        boolean newest = t >= shape.contextPatches() - 1;
        mask[t * tape.size + i] = newest || tape.batch.padding(i) < end ? 1 : 0;
      }
    }
    stack.mask(mask, 0);
  }

  private void writeInputs(Tape tape, float[] parameters) {
    for (int t = 0; t < steps(); t++) {
      int d = t - shape.contextPatches();
      for (int i = 0; i < tape.size; i++) {
        int at = stack.inputAt(t, i);
        if (d < 0) {
          inputs.context(tape, parameters, t, i, stack.arena(), at);
        } else {
          inputs.horizon(tape, parameters, d, i, null, 0, stack.arena(), at);
        }
      }
    }
  }

  private void readStates(Tape tape) {
    int length = tape.size * hidden;
    if (outSteps == 0) {
      stack.lastState(tape.state, 0);
    } else {
      stack.states(states, 0);
      System.arraycopy(states, (shape.contextPatches() - 1) * length, tape.state, 0, length);
      System.arraycopy(states, firstOut * length, tape.steps, 0, outSteps * length);
    }
    drop(tape, tape.steps);
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
    int length = tape.size * hidden;
    if (outSteps == 0) {
      stack.gradientOfLastState(tape.dState, 0);
    } else {
      Arrays.fill(states, 0, firstOut * length, 0);
      System.arraycopy(tape.dSteps, 0, states, firstOut * length, outSteps * length);
      int last = (shape.contextPatches() - 1) * length;
      LinearMap.add(length, tape.dState, 0, states, last);
      stack.gradientOfStates(states, 0);
    }
    if (dFinal != null) {
      stack.gradientOfFinalState(dFinal, 0);
    }
    stack.backward(gradient, recurrence.offset(), inputs.hasGradient(), false);
    if (inputs.hasGradient()) {
      passOn(tape, parameters, gradient);
    }
  }

  private void passOn(Tape tape, float[] parameters, float[] gradient) {
    stack.inputGradient(dInputs, 0);
    for (int t = 0; t < steps(); t++) {
      for (int i = 0; i < tape.size; i++) {
        int at = (t * tape.size + i) * inputs.width();
        if (t < shape.contextPatches()) {
          inputs.contextGradient(tape, t, i, dInputs, at, gradient);
        } else {
          inputs.staticGradient(tape, i, dInputs, at, gradient);
        }
      }
    }
    if (front != null) {
      front.backward(tape, parameters, gradient);
    }
  }
}

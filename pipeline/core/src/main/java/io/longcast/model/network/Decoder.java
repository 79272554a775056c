package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Dropout;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The decoder of {@code seq2seq}: layers with their own weights that start from the encoder's state
 * and read, at each step, the patch before it. In training that patch is the true one for a share
 * of the (window, step) pairs that falls with the updates, else the network's own output (Bengio et
 * al. 2015, scheduled sampling); no gradient flows through an output that is read back.
 */
final class Decoder implements ForecastComponent {
  private static final long COIN = 0xD1B54A32D192ED03L;
  private static final long DROP = 0x2545F4914F6CDD1DL;

  private final NetworkInputs windows;
  private final NetworkShape shape;
  private final int hidden;
  private final double forcedSteps;
  private final Encoder encoder;
  private final StepInputs inputs;
  private final Recurrence recurrence;
  private final StepHead head;
  private final Dropout dropout;
  private final Backend backend;
  private RecurrentStack stack;
  private float[] values;
  private float[] row;
  private float[] state;
  private float[] start;
  private float[] dStart;
  private float[] top;
  private float[] output;
  private float[] dInputs;

  Decoder(
      ModelSpec model,
      NetworkInputs windows,
      NetworkShape shape,
      Encoder encoder,
      StepHead head,
      Backend backend,
      ParameterLayout.Builder layout) {
    this.windows = windows;
    this.shape = shape;
    this.encoder = encoder;
    this.head = head;
    this.backend = backend;
    hidden = model.hiddenSize();
    forcedSteps = model.decoder().teacherForcingSteps();
    dropout = new Dropout(model.dropout());
    inputs =
        new StepInputs(
            model, windows, shape.patch(), shape.contextPatches(), 0, encoder.statics(), null);
    recurrence = new Recurrence("decoder", model, inputs.width(), layout);
  }

  @Override
  public void initialize(float[] parameters, RandomGenerator random) {
    recurrence.initialize(parameters, random);
    head.initialize(parameters, random);
  }

  /** Gradient of the encoder's state after the context. */
  float[] startGradient() {
    return dStart;
  }

  private void grow(Tape tape) {
    if (stack != null && stack.maxBatch() >= tape.capacity()) {
      return;
    }
    int rows = tape.capacity();
    stack = recurrence.open(rows, shape.horizonPatches(), backend);
    values = new float[shape.horizonPatches() * rows * shape.patch()];
    row = new float[rows * inputs.width()];
    start = new float[rows * stack.stateSize()];
    dStart = new float[start.length];
    state = new float[start.length];
    top = new float[rows * hidden];
    output = new float[rows * shape.patch()];
    dInputs = new float[shape.horizonPatches() * row.length];
  }

  @Override
  public void forward(Tape tape, float[] parameters) {
    grow(tape);
    encoder.stack().finalState(start, 0);
    stack.load(parameters, recurrence.offset());
    chooseValues(tape, parameters);
    stack.begin(tape.size, shape.horizonPatches());
    stack.initialState(start, 0);
    for (int d = 0; d < shape.horizonPatches(); d++) {
      for (int i = 0; i < tape.size; i++) {
        write(tape, parameters, d, i, stack.arena(), stack.inputAt(d, i));
      }
    }
    if (tape.training) {
      stack.forwardTraining(tape.dropoutSeed + 1);
    } else {
      stack.forward();
    }
    stack.states(tape.steps, 0);
    drop(tape, tape.steps);
    head.forward(tape, parameters);
  }

  private void drop(Tape tape, float[] steps) {
    if (tape.training && dropout.rate() > 0) {
      int length = shape.horizonPatches() * tape.size * hidden;
      dropout.apply(tape.dropoutSeed ^ DROP, 0, steps, 0, length);
    }
  }

  private int valuesAt(Tape tape, int d, int window) {
    return (d * tape.size + window) * shape.patch();
  }

  private void write(Tape tape, float[] parameters, int d, int window, float[] to, int at) {
    inputs.horizon(tape, parameters, d, window, values, valuesAt(tape, d, window), to, at);
  }

  /** Runs the decoder freely, without dropout, to find what each step reads. */
  private void chooseValues(Tape tape, float[] parameters) {
    int patch = shape.patch();
    for (int i = 0; i < tape.size; i++) {
      int newest = (i + 1) * windows.contextLength() - patch;
      System.arraycopy(tape.scaled.context, newest, values, valuesAt(tape, 0, i), patch);
    }
    System.arraycopy(start, 0, state, 0, tape.size * stack.stateSize());
    for (int d = 0; d + 1 < shape.horizonPatches(); d++) {
      for (int i = 0; i < tape.size; i++) {
        write(tape, parameters, d, i, row, i * inputs.width());
      }
      stack.step(tape.size, row, state, top);
      head.pointsOf(tape, top, parameters, output);
      for (int i = 0; i < tape.size; i++) {
        next(tape, d, i);
      }
    }
  }

  private void next(Tape tape, int d, int window) {
    int patch = shape.patch();
    int from = window * windows.horizon() + d * patch;
    int to = valuesAt(tape, d + 1, window);
    boolean forced = forced(tape, d, window);
    for (int j = 0; j < patch; j++) {
      values[to + j] =
          forced
              ? tape.outputs.target[from + j]
              : tape.point[from + j] + output[window * patch + j];
    }
  }

  private boolean forced(Tape tape, int d, int window) {
    if (!tape.training || tape.iteration >= forcedSteps) {
      return false;
    }
    long index = (long) window * shape.horizonPatches() + d;
    return coin(tape.dropoutSeed + COIN * (index + 1)) >= tape.iteration / forcedSteps;
  }

  /** Uniform in [0, 1), by the finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
  private static double coin(long v) {
    long a = (v ^ (v >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return ((b ^ (b >>> 31)) >>> 11) * 0x1p-53;
  }

  @Override
  public void backward(Tape tape, float[] parameters, float[] gradient) {
    head.backward(tape, parameters, gradient);
    drop(tape, tape.dSteps);
    stack.gradientOfStates(tape.dSteps, 0);
    boolean wanted = encoder.statics().hasGradient();
    stack.backward(gradient, recurrence.offset(), wanted, true);
    stack.initialStateGradient(dStart, 0);
    if (wanted) {
      stack.inputGradient(dInputs, 0);
      for (int at = 0; at < shape.horizonPatches() * tape.size; at++) {
        inputs.staticGradient(tape, at % tape.size, dInputs, at * inputs.width(), gradient);
      }
    }
    Arrays.fill(tape.dSteps, 0);
  }
}

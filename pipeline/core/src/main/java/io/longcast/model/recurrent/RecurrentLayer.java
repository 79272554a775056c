package io.longcast.model.recurrent;

import io.longcast.model.recurrent.GateWeights.Block;
import java.util.Arrays;
import java.util.List;

/**
 * One layer's share of the arena and its passes. Subclasses say how products and gates make a step.
 *
 * <p>Rows of a batch are padded to a multiple of 4, units to a multiple of 16; padding holds zeros
 * and stays zero. A row of z holds blocks of padded units: pre-activations, then activations, then,
 * on the way back, gradients of the pre-activations.
 */
abstract class RecurrentLayer {
  /** Rows of one weight-gradient product: what fits the second-level cache with its operands. */
  private static final int CHUNK_ROWS = 256;

  /** Rows of a batch are padded to a multiple of this. */
  static final int ROW_MULTIPLE = 4;

  final CellSpec spec;
  final Backend backend;

  /** Input columns: the features, or the padded units of the layer below. */
  final int inputs;

  final int hidden;
  final int width;
  final OperandRow row;
  final GateWeights gates;
  final int zStride;
  final int dh;
  final int dx;

  float[] s;
  int rows;
  int steps;
  private final Form form;
  private final PackedWeights toState;
  private final PackedWeights toInputs;
  private final int operand;
  private final int z;
  private boolean inputGradient;
  private boolean gradientStarted;

  /** What a layer must hold: rows already padded. */
  record Capacity(int rows, int steps, Backend backend) {}

  /**
   * How a cell lies in z.
   *
   * @param blocks of z
   * @param oneFirst whether the constant 1 is before x instead of between x and h
   * @param stateFrom the first of the blocks whose gradients together make that of the state
   * @param inputTo one past the last of the blocks, from the first, that make that of the inputs
   */
  record Form(List<Block> blocks, boolean oneFirst, int stateFrom, int inputTo) {}

  /**
   * @param inputs input columns, of which the first {@code spec.inputs()} have weights
   */
  RecurrentLayer(CellSpec spec, int inputs, Form form, Capacity capacity, Arena arena) {
    this.spec = spec;
    this.form = form;
    this.backend = capacity.backend();
    this.inputs = inputs;
    this.hidden = spec.hidden();
    this.width = Arena.padded(hidden);
    this.row = OperandRow.of(inputs, hidden, form.oneFirst());
    this.zStride = form.blocks().size() * width;
    long cells = (long) capacity.rows() * capacity.steps();
    this.operand = arena.take((cells + capacity.rows()) * row.stride());
    this.z = arena.take(cells * zStride);
    this.dh = arena.take((long) capacity.rows() * width);
    this.dx = arena.take(cells * inputs);
    this.gates = new GateWeights(spec, form.blocks(), row, arena);
    int stateDepth = zStride - form.stateFrom() * width;
    this.toState = new PackedWeights(backend.product(), stateDepth, hidden, arena);
    this.toInputs = new PackedWeights(backend.product(), form.inputTo() * width, inputs, arena);
  }

  /** Hands over the arena's array once it is made. */
  final void bind(float[] arena) {
    s = arena;
  }

  /** Row {@code r} of step {@code t} in the operand; step {@code steps} holds the last h. */
  final int operandRow(int t, int r) {
    return operand + (t * rows + r) * row.stride();
  }

  /** Where the inputs of row {@code r} of step {@code t} lie. */
  final int inputAt(int t, int r) {
    return operandRow(t, r) + row.xAt();
  }

  /** Where the state of row {@code r} before step {@code t} lies. */
  final int hiddenAt(int t, int r) {
    return operandRow(t, r) + row.hAt();
  }

  final int zRow(int t, int r) {
    return z + (t * rows + r) * zStride;
  }

  /** Where a vector of the state of row {@code r} before step {@code t} lies: 0 for h, 1 for c. */
  int stateAt(int vector, int t, int r) {
    return hiddenAt(t, r);
  }

  /** Where the gradient of a vector of the state of row {@code r} lies. */
  int stateGradientAt(int vector, int r) {
    return dh + r * width;
  }

  /** Sets the shape of the batch; states and their gradients start at zero. */
  final void begin(int paddedRows, int usedRows, int steps) {
    boolean reshaped = rows != paddedRows || this.steps != steps;
    this.rows = paddedRows;
    this.steps = steps;
    for (int t = 0; t <= steps; t++) {
      for (int r = reshaped ? 0 : usedRows; r < rows; r++) {
        row.clear(s, operandRow(t, r));
      }
    }
    for (int v = 0; v < spec.stateVectors(); v++) {
      for (int r = 0; r < rows; r++) {
        Arrays.fill(s, stateAt(v, 0, r), stateAt(v, 0, r) + width, 0f);
      }
      Arrays.fill(s, stateGradientAt(v, 0), stateGradientAt(v, rows), 0f);
    }
    gradientStarted = false;
  }

  /** Reads the flat parameters and packs the forward products. */
  final void load(float[] parameters, int at) {
    gates.load(parameters, at, s);
    packForward();
  }

  abstract void packForward();

  /** Packs what only the backward pass needs. */
  void packBackward(boolean inputGradient) {
    int units = gates.weights + gates.units() + form.stateFrom() * width;
    toState.pack(s, units, 1, zStride);
    if (inputGradient) {
      toInputs.pack(s, gates.weights + gates.inputs(), 1, zStride);
    }
    this.inputGradient = inputGradient;
  }

  /** Whether the next backward pass gives the gradient of the inputs, if it was packed. */
  final void wantInputGradient(boolean wanted) {
    inputGradient = wanted;
  }

  /** Products and gates of step t; {@code next} is the layer above, or null. */
  final void forward(int t, boolean[] masked, RecurrentLayer next) {
    products(t);
    if (masked == null) {
      forwardGates(t, 0, rows, next);
      return;
    }
    for (int r = 0; r < rows; r++) {
      if (masked[r]) {
        keepState(t, r, next);
      } else {
        forwardGates(t, r, 1, next);
      }
    }
  }

  /** Pre-activations of all rows of step t. */
  abstract void products(int t);

  /** States after step t of {@code count} rows from {@code r}. */
  abstract void forwardGates(int t, int r, int count, RecurrentLayer next);

  /** A masked row keeps its state; the layer above reads the state again. */
  private void keepState(int t, int r, RecurrentLayer next) {
    for (int v = 0; v < spec.stateVectors(); v++) {
      System.arraycopy(s, stateAt(v, t, r), s, stateAt(v, t + 1, r), width);
    }
    if (next != null) {
      System.arraycopy(s, hiddenAt(t, r), s, next.inputAt(t, r), width);
    }
  }

  /**
   * Backward from the last step to step {@code from}, the weight gradient and input gradient in
   * chunks on the way.
   *
   * @param above gradients of the states from the layer above, rows of the padded width by step;
   *     none for a stride of 0
   * @param needState whether the gradient of the state before the first step is wanted
   */
  final void backward(StepMasks masks, int above, int aboveStride, boolean needState, int from) {
    int chunk = Math.max(1, CHUNK_ROWS / rows);
    int end = steps;
    for (int t = steps - 1; t >= from; t--) {
      backwardStep(t, masks.of(t), above + t * rows * width, aboveStride);
      if (t > 0 || needState) {
        stateGradient(t, masks.of(t) != null);
      }
      if (t % chunk == 0 || t == from) {
        addWeightGradient(t, (end - t) * rows, gradientStarted);
        gradientStarted = true;
        if (inputGradient) {
          int to = dx + t * rows * inputs;
          toInputs.multiply(s, (end - t) * rows, zRow(t, 0), zStride, false, to, inputs);
        }
        end = t;
      }
    }
  }

  private void backwardStep(int t, boolean[] masked, int above, int aboveStride) {
    if (masked == null) {
      backwardGates(t, 0, rows, above, aboveStride);
    } else {
      for (int r = 0; r < rows; r++) {
        if (masked[r]) {
          Arrays.fill(s, zRow(t, r), zRow(t, r) + zStride, 0f);
          continue;
        }
        backwardGates(t, r, 1, above + r * width, aboveStride);
        if (!leavesCarry()) {
          Arrays.fill(s, dh + r * width, dh + r * width + width, 0f);
        }
      }
    }
    afterGates(t, masked);
  }

  /** Leaves in {@link #dh} the gradient of the state before step t. */
  private void stateGradient(int t, boolean masked) {
    int from = zRow(t, 0) + form.stateFrom() * width;
    toState.multiply(s, rows, from, zStride, leavesCarry() || masked, dh, width);
  }

  /**
   * Gradients of the pre-activations of {@code count} rows from {@code r}.
   *
   * @param above gradients of the states after the step from above, none for a stride of 0
   */
  abstract void backwardGates(int t, int r, int count, int above, int aboveStride);

  /** Whether the gates leave in {@link #dh} what passes them straight to the state before. */
  abstract boolean leavesCarry();

  /** Intermediate values between the gates of all rows and the gradient of the state. */
  void afterGates(int t, boolean[] masked) {}

  /** Adds the weight gradient of the {@code count} rows of the operand from step {@code t}. */
  abstract void addWeightGradient(int t, int count, boolean accumulate);

  /**
   * The gradient of some columns of the weights, or their sum with what is there.
   *
   * @param a first operand of the columns, and from row to row
   * @param block first block of z that they sum up, and how many
   * @param to first weight gradient
   */
  final void addProduct(
      int t,
      int count,
      int columns,
      int a,
      int aStride,
      int block,
      int blocks,
      boolean add,
      int to) {
    int g = zRow(t, 0) + block * width;
    int c = gates.gradient + to + block * width;
    backend
        .product()
        .multiply(
            true,
            false,
            columns,
            blocks * width,
            count,
            s,
            a,
            aStride,
            s,
            g,
            zStride,
            add,
            s,
            c,
            zStride);
  }

  /** Adds the gradient to the flat one. */
  final void store(float[] gradient, int at) {
    gates.store(s, gradient, at);
  }
}

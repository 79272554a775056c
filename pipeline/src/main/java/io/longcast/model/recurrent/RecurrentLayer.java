package io.longcast.model.recurrent;

import java.util.Arrays;

/**
 * One layer's share of the arena and its passes. Subclasses say how products and gates make a step.
 *
 * <p>A row of the operand matrix holds one step of one sequence as {@code [x, 1, h before]} or
 * {@code [1, x, h before]}, so that one product serves input, bias and recurrence and its transpose
 * gives all their gradients. Rows of a batch are padded to a multiple of 4, units to a multiple of
 * 16; padding holds zeros and stays zero.
 */
abstract class RecurrentLayer {
  /** Rows of one weight-gradient product: what fits the second-level cache with its operands. */
  private static final int CHUNK_ROWS = 256;

  /** Rows of a batch are padded to a multiple of this. */
  static final int ROW_MULTIPLE = 4;

  final CellSpec spec;
  final Backend backend;
  final MatrixProduct product;

  /** Input columns: the features, or the padded units of the layer below. */
  final int inputs;

  final int hidden;
  final int width;

  /** Columns of the operand in use: inputs, one, hidden units. */
  final int columns;

  final int first;
  final int xAt;
  final int hAt;
  final int stride;
  final int zStride;
  final int operand;
  final int z;
  final int dh;
  final int dx;
  final int weights;
  final int weightGradient;

  float[] s;
  int rows;
  int steps;
  boolean inputGradient;
  private final int oneAt;
  private boolean gradientStarted;

  /**
   * @param inputs input columns, of which the first {@code spec.inputs()} have weights
   * @param blocks blocks of padded units in a row of z
   * @param oneFirst whether the constant 1 stands before x instead of between x and h
   */
  RecurrentLayer(
      CellSpec spec, int inputs, int blocks, boolean oneFirst, Capacity capacity, Arena arena) {
    this.spec = spec;
    this.backend = capacity.backend();
    this.product = backend.product();
    this.inputs = inputs;
    this.hidden = spec.hidden();
    this.width = Arena.padded(hidden);
    this.columns = 1 + inputs + hidden;
    this.hAt = Arena.padded(inputs + 1);
    this.first = hAt - inputs - 1;
    this.oneAt = oneFirst ? first : hAt - 1;
    this.xAt = oneFirst ? hAt - inputs : first;
    this.stride = hAt + width;
    this.zStride = blocks * width;
    long cells = (long) capacity.rows() * capacity.steps();
    this.operand = arena.take((cells + capacity.rows()) * stride);
    this.z = arena.take(cells * zStride);
    this.dh = arena.take((long) capacity.rows() * width);
    this.dx = arena.take(cells * inputs);
    this.weights = arena.take((long) columns * zStride);
    this.weightGradient = arena.take((long) columns * zStride);
  }

  /** What a layer must hold: rows already padded. */
  record Capacity(int rows, int steps, Backend backend) {}

  /** Hands over the arena's array once it is made. */
  final void bind(float[] arena) {
    s = arena;
  }

  /** Row {@code r} of step {@code t} in the operand; step {@code steps} holds the last h. */
  final int operandRow(int t, int r) {
    return operand + (t * rows + r) * stride;
  }

  final int zRow(int t, int r) {
    return z + (t * rows + r) * zStride;
  }

  /** Sets the shape of the batch; states start at zero, padding rows are cleared. */
  void begin(int paddedRows, int usedRows, int steps) {
    boolean reshaped = rows != paddedRows || this.steps != steps;
    this.rows = paddedRows;
    this.steps = steps;
    for (int t = 0; t <= steps; t++) {
      int used = reshaped ? 0 : usedRows;
      for (int r = used; r < rows; r++) {
        Arrays.fill(s, operandRow(t, r), operandRow(t, r) + stride, 0f);
        s[operandRow(t, r) + oneAt] = 1f;
      }
    }
    for (int r = 0; r < rows; r++) {
      Arrays.fill(s, operandRow(0, r) + hAt, operandRow(0, r) + hAt + width, 0f);
    }
    gradientStarted = false;
  }

  /** Reads the flat parameters into {@link #weights} and packs the forward products. */
  abstract void load(float[] parameters, int at);

  /** Packs what only the backward pass needs. */
  abstract void packBackward();

  /** Products and gates of step t; {@code next} is the layer above, or null. */
  abstract void forward(int t, boolean[] masked, RecurrentLayer next);

  /**
   * Gates and the recurrent gradient of step t: {@link #dh} goes from the gradient of h(t) to that
   * of h(t - 1).
   *
   * @param above gradients of h(t) from above, rows of the padded width, if {@code hasAbove}
   */
  abstract void backward(int t, boolean[] masked, int above, boolean hasAbove, boolean needState);

  /** Adds the weight gradient of the {@code count} rows of the operand from step {@code t}. */
  abstract void addWeightGradient(int t, int count, boolean accumulate);

  /** Gradient of the inputs of the {@code count} rows from step {@code t} into {@link #dx}. */
  abstract void inputGradient(int t, int count);

  /** Adds {@link #weightGradient} to the flat gradient. */
  abstract void store(float[] gradient, int at);

  /** Copies what the state holds beside h, LSTM only. */
  void cellState(int t, int row, float[] from, int at) {}

  void readCellState(int t, int row, float[] to, int at) {}

  void cellGradient(int row, float[] from, int at) {}

  void readCellGradient(int row, float[] to, int at) {}

  void clearGradients() {
    Arrays.fill(s, dh, dh + rows * width, 0f);
  }

  /**
   * Backward from the last step to step {@code from}, the weight gradient and input gradient in
   * chunks on the way.
   */
  final void backwardAll(
      boolean[][] masks, int above, boolean hasAbove, boolean needState, int from) {
    int chunk = Math.max(1, CHUNK_ROWS / rows);
    int end = steps;
    for (int t = steps - 1; t >= from; t--) {
      boolean[] masked = masks == null ? null : masks[t];
      backward(t, masked, above + t * rows * width, hasAbove, needState);
      if (t % chunk == 0 || t == from) {
        addWeightGradient(t, (end - t) * rows, gradientStarted);
        gradientStarted = true;
        if (inputGradient) {
          inputGradient(t, (end - t) * rows);
        }
        end = t;
      }
    }
  }

  /** Start of a row of {@link #weights}: of input, constant or unit. */
  final int inputRow(int i) {
    return (xAt - first + i) * zStride;
  }

  final int oneRow() {
    return (oneAt - first) * zStride;
  }

  final int unitRow(int j) {
    return (hAt - first + j) * zStride;
  }

  /** Spreads one gate's flat weights over block {@code block} of {@link #weights}. */
  final void spread(int block, int gate, boolean input, boolean recurrent, float[] flat, int at) {
    int to = weights + block * width;
    if (input) {
      Transposition.copy(
          flat,
          at + gate * hidden * spec.inputs(),
          spec.inputs(),
          hidden,
          spec.inputs(),
          s,
          to + inputRow(0),
          zStride);
    }
    if (recurrent) {
      Transposition.copy(
          flat,
          at + spec.recurrentAt() + gate * hidden * hidden,
          hidden,
          hidden,
          hidden,
          s,
          to + unitRow(0),
          zStride);
    }
  }

  final void spreadBias(int block, float[] flat, int from) {
    System.arraycopy(flat, from, s, weights + block * width + oneRow(), hidden);
  }

  /** Adds block {@code block} of the weight gradient to one gate's flat weights. */
  final void gather(int block, int gate, boolean input, boolean recurrent, float[] flat, int at) {
    int from = weightGradient + block * width;
    if (input) {
      Transposition.add(
          s,
          from + inputRow(0),
          zStride,
          spec.inputs(),
          hidden,
          flat,
          at + gate * hidden * spec.inputs(),
          spec.inputs());
    }
    if (recurrent) {
      Transposition.add(
          s,
          from + unitRow(0),
          zStride,
          hidden,
          hidden,
          flat,
          at + spec.recurrentAt() + gate * hidden * hidden,
          hidden);
    }
  }

  final void gatherBias(int block, float[] flat, int to) {
    int from = weightGradient + block * width + oneRow();
    for (int j = 0; j < hidden; j++) {
      flat[to + j] += s[from + j];
    }
  }

  /** A masked row keeps its state; the layer above reads the state again. */
  final void keepHidden(int t, int row, RecurrentLayer next) {
    int from = operandRow(t, row) + hAt;
    System.arraycopy(s, from, s, operandRow(t + 1, row) + hAt, width);
    if (next != null) {
      System.arraycopy(s, from, s, next.operandRow(t, row) + next.xAt, width);
    }
  }
}

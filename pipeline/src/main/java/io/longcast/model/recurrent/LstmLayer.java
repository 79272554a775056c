package io.longcast.model.recurrent;

import java.util.Arrays;

/** LSTM: z holds {@code [block input, forget, output, input gate]}, the parameters' own order. */
final class LstmLayer extends RecurrentLayer {
  private static final int GATES = 4;
  private final int cell;
  private final int dCell;
  private final int packed;
  private final int packedRecurrent;
  private final int packedInput;

  LstmLayer(CellSpec spec, int inputs, Capacity capacity, Arena arena) {
    super(spec, inputs, GATES, true, capacity, arena);
    cell = arena.take((long) capacity.rows() * (capacity.steps() + 1) * width);
    dCell = arena.take((long) capacity.rows() * width);
    packed = arena.take(product.packedLength(columns, zStride));
    packedRecurrent = arena.take(product.packedLength(zStride, width));
    packedInput = arena.take(product.packedLength(zStride, inputs));
  }

  @Override
  void begin(int paddedRows, int usedRows, int steps) {
    super.begin(paddedRows, usedRows, steps);
    Arrays.fill(s, cell, cell + rows * width, 0f);
  }

  @Override
  void load(float[] parameters, int at) {
    for (int gate = 0; gate < GATES; gate++) {
      spread(gate, gate, true, true, parameters, at);
      spreadBias(gate, parameters, at + spec.biasAt() + gate * hidden);
    }
    product.pack(columns, zStride, s, weights, zStride, 1, s, packed);
  }

  @Override
  void packBackward() {
    product.pack(zStride, hidden, s, weights + unitRow(0), 1, zStride, s, packedRecurrent);
    if (inputGradient) {
      product.pack(zStride, inputs, s, weights + inputRow(0), 1, zStride, s, packedInput);
    }
  }

  @Override
  void forward(int t, boolean[] masked, RecurrentLayer next) {
    product.multiplyPacked(
        rows,
        zStride,
        columns,
        s,
        operandRow(t, 0) + first,
        stride,
        s,
        packed,
        false,
        s,
        zRow(t, 0),
        zStride);
    if (masked == null) {
      gates(t, 0, rows, next);
      return;
    }
    for (int r = 0; r < rows; r++) {
      if (masked[r]) {
        keepHidden(t, r, next);
        System.arraycopy(s, cellRow(t, r), s, cellRow(t + 1, r), width);
      } else {
        gates(t, r, 1, next);
      }
    }
  }

  private void gates(int t, int row, int count, RecurrentLayer next) {
    backend
        .gates()
        .lstmForward(
            s,
            count,
            width,
            zRow(t, row),
            zStride,
            cellRow(t, row),
            cellRow(t + 1, row),
            operandRow(t + 1, row) + hAt,
            stride,
            next == null ? 0 : next.operandRow(t, row) + next.xAt,
            next == null ? 0 : next.stride);
  }

  private int cellRow(int t, int r) {
    return cell + (t * rows + r) * width;
  }

  @Override
  void backward(int t, boolean[] masked, int above, boolean hasAbove, boolean needState) {
    if (masked == null) {
      backwardGates(t, 0, rows, above, hasAbove);
    } else {
      for (int r = 0; r < rows; r++) {
        if (masked[r]) {
          Arrays.fill(s, zRow(t, r), zRow(t, r) + zStride, 0f);
        } else {
          backwardGates(t, r, 1, above, hasAbove);
          Arrays.fill(s, dh + r * width, dh + r * width + width, 0f);
        }
      }
    }
    if (t > 0 || needState) {
      product.multiplyPacked(
          rows,
          hidden,
          zStride,
          s,
          zRow(t, 0),
          zStride,
          s,
          packedRecurrent,
          masked != null,
          s,
          dh,
          width);
    }
  }

  private void backwardGates(int t, int row, int count, int above, boolean hasAbove) {
    backend
        .gates()
        .lstmBackward(
            s,
            count,
            width,
            zRow(t, row),
            zStride,
            cellRow(t, row),
            cellRow(t + 1, row),
            dh + row * width,
            width,
            above + row * width,
            hasAbove ? width : 0,
            dCell + row * width);
  }

  @Override
  void addWeightGradient(int t, int count, boolean accumulate) {
    product.multiply(
        true,
        false,
        columns,
        zStride,
        count,
        s,
        operandRow(t, 0) + first,
        stride,
        s,
        zRow(t, 0),
        zStride,
        accumulate,
        s,
        weightGradient,
        zStride);
  }

  @Override
  void inputGradient(int t, int count) {
    product.multiplyPacked(
        count,
        inputs,
        zStride,
        s,
        zRow(t, 0),
        zStride,
        s,
        packedInput,
        false,
        s,
        dx + t * rows * inputs,
        inputs);
  }

  @Override
  void store(float[] gradient, int at) {
    for (int gate = 0; gate < GATES; gate++) {
      gather(gate, gate, true, true, gradient, at);
      gatherBias(gate, gradient, at + spec.biasAt() + gate * hidden);
    }
  }

  @Override
  void clearGradients() {
    super.clearGradients();
    Arrays.fill(s, dCell, dCell + rows * width, 0f);
  }

  @Override
  void cellState(int t, int row, float[] from, int at) {
    System.arraycopy(from, at, s, cellRow(t, row), hidden);
  }

  @Override
  void readCellState(int t, int row, float[] to, int at) {
    System.arraycopy(s, cellRow(t, row), to, at, hidden);
  }

  @Override
  void cellGradient(int row, float[] from, int at) {
    System.arraycopy(from, at, s, dCell + row * width, hidden);
  }

  @Override
  void readCellGradient(int row, float[] to, int at) {
    System.arraycopy(s, dCell + row * width, to, at, hidden);
  }
}

package io.longcast.model.recurrent;

import java.util.Arrays;

/** Plain recurrent cell: one block of z. */
final class RnnLayer extends RecurrentLayer {
  private final boolean relu;
  private final int packed;
  private final int packedRecurrent;
  private final int packedInput;

  RnnLayer(CellSpec spec, int inputs, Capacity capacity, Arena arena) {
    super(spec, inputs, 1, true, capacity, arena);
    relu = spec.activation() == RnnActivation.RELU;
    packed = arena.take(product.packedLength(columns, zStride));
    packedRecurrent = arena.take(product.packedLength(zStride, width));
    packedInput = arena.take(product.packedLength(zStride, inputs));
  }

  @Override
  void load(float[] parameters, int at) {
    spread(0, 0, true, true, parameters, at);
    spreadBias(0, parameters, at + spec.biasAt());
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
      } else {
        gates(t, r, 1, next);
      }
    }
  }

  private void gates(int t, int row, int count, RecurrentLayer next) {
    backend
        .gates()
        .rnnForward(
            s,
            count,
            width,
            relu,
            zRow(t, row),
            zStride,
            operandRow(t + 1, row) + hAt,
            stride,
            next == null ? 0 : next.operandRow(t, row) + next.xAt,
            next == null ? 0 : next.stride);
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
        .rnnBackward(
            s,
            count,
            width,
            relu,
            zRow(t, row),
            zStride,
            operandRow(t + 1, row) + hAt,
            stride,
            dh + row * width,
            width,
            above + row * width,
            hasAbove ? width : 0);
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
    gather(0, 0, true, true, gradient, at);
    gatherBias(0, gradient, at + spec.biasAt());
  }
}

package io.longcast.model.recurrent;

import java.util.Arrays;

/**
 * GRU that resets after the product. z holds {@code [candidate of x, reset, update, candidate of
 * h]}: the first three blocks make the gradient of x, the last three that of h. The constant 1
 * stands between x and h, so that either candidate block finds its bias beside its own columns.
 */
final class GruLayer extends RecurrentLayer {
  private static final int BLOCKS = 4;
  private final int packedGates;
  private final int packedX;
  private final int packedH;
  private final int packedRecurrent;
  private final int packedInput;

  GruLayer(CellSpec spec, int inputs, Capacity capacity, Arena arena) {
    super(spec, inputs, BLOCKS, false, capacity, arena);
    packedGates = arena.take(product.packedLength(columns, 2 * width));
    packedX = arena.take(product.packedLength(inputs + 1, width));
    packedH = arena.take(product.packedLength(hidden + 1, width));
    packedRecurrent = arena.take(product.packedLength(3 * width, width));
    packedInput = arena.take(product.packedLength(3 * width, inputs));
  }

  @Override
  void load(float[] parameters, int at) {
    spread(0, 2, true, false, parameters, at);
    spread(1, 0, true, true, parameters, at);
    spread(2, 1, true, true, parameters, at);
    spread(3, 2, false, true, parameters, at);
    int bias = at + spec.biasAt();
    spreadBias(0, parameters, bias + 2 * hidden);
    spreadBias(1, parameters, bias);
    spreadBias(2, parameters, bias + hidden);
    spreadBias(3, parameters, at + spec.candidateBiasAt());
    int w = weights;
    product.pack(columns, 2 * width, s, w + width, zStride, 1, s, packedGates);
    product.pack(inputs + 1, width, s, w, zStride, 1, s, packedX);
    product.pack(hidden + 1, width, s, w + 3 * width + oneRow(), zStride, 1, s, packedH);
  }

  @Override
  void packBackward() {
    product.pack(
        3 * width, hidden, s, weights + width + unitRow(0), 1, zStride, s, packedRecurrent);
    if (inputGradient) {
      product.pack(3 * width, inputs, s, weights + inputRow(0), 1, zStride, s, packedInput);
    }
  }

  @Override
  void forward(int t, boolean[] masked, RecurrentLayer next) {
    int a = operandRow(t, 0) + first;
    int to = zRow(t, 0);
    product.multiplyPacked(
        rows, 2 * width, columns, s, a, stride, s, packedGates, false, s, to + width, zStride);
    product.multiplyPacked(
        rows, width, inputs + 1, s, a, stride, s, packedX, false, s, to, zStride);
    product.multiplyPacked(
        rows,
        width,
        hidden + 1,
        s,
        operandRow(t, 0) + hAt - 1,
        stride,
        s,
        packedH,
        false,
        s,
        to + 3 * width,
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
        .gruForward(
            s,
            count,
            width,
            zRow(t, row),
            zStride,
            operandRow(t, row) + hAt,
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
        }
      }
    }
    if (t > 0 || needState) {
      product.multiplyPacked(
          rows,
          hidden,
          3 * width,
          s,
          zRow(t, 0) + width,
          zStride,
          s,
          packedRecurrent,
          true,
          s,
          dh,
          width);
    }
  }

  private void backwardGates(int t, int row, int count, int above, boolean hasAbove) {
    backend
        .gates()
        .gruBackward(
            s,
            count,
            width,
            zRow(t, row),
            zStride,
            operandRow(t, row) + hAt,
            stride,
            dh + row * width,
            width,
            above + row * width,
            hasAbove ? width : 0,
            dh + row * width);
  }

  @Override
  void addWeightGradient(int t, int count, boolean accumulate) {
    int a = operandRow(t, 0) + first;
    int g = zRow(t, 0);
    int to = weightGradient;
    product.multiply(
        true,
        false,
        columns,
        2 * width,
        count,
        s,
        a,
        stride,
        s,
        g + width,
        zStride,
        accumulate,
        s,
        to + width,
        zStride);
    product.multiply(
        true,
        false,
        inputs + 1,
        width,
        count,
        s,
        a,
        stride,
        s,
        g,
        zStride,
        accumulate,
        s,
        to,
        zStride);
    product.multiply(
        true,
        false,
        hidden + 1,
        width,
        count,
        s,
        operandRow(t, 0) + hAt - 1,
        stride,
        s,
        g + 3 * width,
        zStride,
        accumulate,
        s,
        to + 3 * width + oneRow(),
        zStride);
  }

  @Override
  void inputGradient(int t, int count) {
    product.multiplyPacked(
        count,
        inputs,
        3 * width,
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
    gather(0, 2, true, false, gradient, at);
    gather(1, 0, true, true, gradient, at);
    gather(2, 1, true, true, gradient, at);
    gather(3, 2, false, true, gradient, at);
    int bias = at + spec.biasAt();
    gatherBias(0, gradient, bias + 2 * hidden);
    gatherBias(1, gradient, bias);
    gatherBias(2, gradient, bias + hidden);
    gatherBias(3, gradient, at + spec.candidateBiasAt());
  }
}

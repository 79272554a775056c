package io.longcast.model.recurrent;

import java.util.Arrays;

/**
 * GRU that resets before the product: a step has two products, since the candidate waits for {@code
 * r * h}. z holds {@code [candidate, reset, update]}.
 */
final class GruBeforeLayer extends RecurrentLayer {
  private static final int BLOCKS = 3;
  private final int resetState;
  private final int dResetState;
  private final int packedGates;
  private final int packedX;
  private final int packedH;
  private final int packedCandidateBack;
  private final int packedGatesBack;
  private final int packedInput;

  GruBeforeLayer(CellSpec spec, int inputs, Capacity capacity, Arena arena) {
    super(spec, inputs, BLOCKS, false, capacity, arena);
    resetState = arena.take((long) capacity.rows() * capacity.steps() * width);
    dResetState = arena.take((long) capacity.rows() * width);
    packedGates = arena.take(product.packedLength(columns, 2 * width));
    packedX = arena.take(product.packedLength(inputs + 1, width));
    packedH = arena.take(product.packedLength(hidden, width));
    packedCandidateBack = arena.take(product.packedLength(width, width));
    packedGatesBack = arena.take(product.packedLength(2 * width, width));
    packedInput = arena.take(product.packedLength(3 * width, inputs));
  }

  @Override
  void load(float[] parameters, int at) {
    spread(0, 2, true, true, parameters, at);
    spread(1, 0, true, true, parameters, at);
    spread(2, 1, true, true, parameters, at);
    int bias = at + spec.biasAt();
    spreadBias(0, parameters, bias + 2 * hidden);
    spreadBias(1, parameters, bias);
    spreadBias(2, parameters, bias + hidden);
    int w = weights;
    product.pack(columns, 2 * width, s, w + width, zStride, 1, s, packedGates);
    product.pack(inputs + 1, width, s, w, zStride, 1, s, packedX);
    product.pack(hidden, width, s, w + unitRow(0), zStride, 1, s, packedH);
  }

  @Override
  void packBackward() {
    int units = weights + unitRow(0);
    product.pack(width, hidden, s, units, 1, zStride, s, packedCandidateBack);
    product.pack(2 * width, hidden, s, units + width, 1, zStride, s, packedGatesBack);
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
    for (int r = 0; r < rows; r++) {
      resetRow(t, r);
    }
    product.multiplyPacked(
        rows, width, hidden, s, resetRowAt(t, 0), width, s, packedH, true, s, to, zStride);
    for (int r = 0; r < rows; r++) {
      if (masked != null && masked[r]) {
        keepHidden(t, r, next);
      } else {
        blendRow(t, r, next);
      }
    }
  }

  private int resetRowAt(int t, int r) {
    return resetState + (t * rows + r) * width;
  }

  private void resetRow(int t, int row) {
    int at = zRow(t, row);
    int h = operandRow(t, row) + hAt;
    backend.elementwise().sigmoid(s, at + width, s, at + width, 2 * width);
    for (int j = 0; j < width; j++) {
      s[resetRowAt(t, row) + j] = s[at + width + j] * s[h + j];
    }
  }

  private void blendRow(int t, int row, RecurrentLayer next) {
    int at = zRow(t, row);
    int h = operandRow(t, row) + hAt;
    int to = operandRow(t + 1, row) + hAt;
    backend.elementwise().tanh(s, at, s, at, width);
    for (int j = 0; j < width; j++) {
      float n = s[at + j];
      s[to + j] = n + s[at + 2 * width + j] * (s[h + j] - n);
    }
    if (next != null) {
      System.arraycopy(s, to, s, next.operandRow(t, row) + next.xAt, width);
    }
  }

  @Override
  void backward(int t, boolean[] masked, int above, boolean hasAbove, boolean needState) {
    for (int r = 0; r < rows; r++) {
      if (masked != null && masked[r]) {
        Arrays.fill(s, zRow(t, r), zRow(t, r) + zStride, 0f);
      } else {
        candidateRow(t, r, hasAbove ? above + r * width : -1);
      }
    }
    product.multiplyPacked(
        rows,
        hidden,
        width,
        s,
        zRow(t, 0),
        zStride,
        s,
        packedCandidateBack,
        false,
        s,
        dResetState,
        width);
    for (int r = 0; r < rows; r++) {
      if (masked == null || !masked[r]) {
        resetGradientRow(t, r);
      }
    }
    if (t > 0 || needState) {
      product.multiplyPacked(
          rows,
          hidden,
          2 * width,
          s,
          zRow(t, 0) + width,
          zStride,
          s,
          packedGatesBack,
          true,
          s,
          dh,
          width);
    }
  }

  /** Gradients of candidate and update gate; dh keeps what passes straight to the state before. */
  private void candidateRow(int t, int row, int above) {
    int at = zRow(t, row);
    int h = operandRow(t, row) + hAt;
    for (int j = 0; j < width; j++) {
      float n = s[at + j];
      float u = s[at + 2 * width + j];
      int to = dh + row * width + j;
      float d = above < 0 ? s[to] : s[to] + s[above + j];
      s[at + j] = d * (1 - u) * (1 - n * n);
      s[at + 2 * width + j] = d * (s[h + j] - n) * u * (1 - u);
      s[to] = d * u;
    }
  }

  private void resetGradientRow(int t, int row) {
    int at = zRow(t, row) + width;
    int h = operandRow(t, row) + hAt;
    for (int j = 0; j < width; j++) {
      float r = s[at + j];
      float d = s[dResetState + row * width + j];
      s[at + j] = d * s[h + j] * r * (1 - r);
      s[dh + row * width + j] += d * r;
    }
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
        hidden,
        width,
        count,
        s,
        resetRowAt(t, 0),
        width,
        s,
        g,
        zStride,
        accumulate,
        s,
        to + unitRow(0),
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
    gather(0, 2, true, true, gradient, at);
    gather(1, 0, true, true, gradient, at);
    gather(2, 1, true, true, gradient, at);
    int bias = at + spec.biasAt();
    gatherBias(0, gradient, bias + 2 * hidden);
    gatherBias(1, gradient, bias);
    gatherBias(2, gradient, bias + hidden);
  }
}

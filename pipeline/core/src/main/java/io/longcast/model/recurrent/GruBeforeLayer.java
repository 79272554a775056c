package io.longcast.model.recurrent;

import io.longcast.model.recurrent.GateWeights.Block;
import java.util.List;

/**
 * GRU that resets before the product: a step has two products, since the candidate waits for {@code
 * r * h}. z holds {@code [candidate, reset, update]}.
 */
final class GruBeforeLayer extends RecurrentLayer {
  private final int resetState;
  private final int dResetState;
  private final PackedWeights packedGates;
  private final PackedWeights packedX;
  private final PackedWeights packedH;
  private final PackedWeights toResetState;

  GruBeforeLayer(CellSpec spec, int inputs, Capacity capacity, Arena arena) {
    super(spec, inputs, new Form(blocks(spec), false, 1, 3), capacity, arena);
    resetState = arena.take((long) capacity.rows() * capacity.steps() * width);
    dResetState = arena.take((long) capacity.rows() * width);
    MatrixProduct product = backend.product();
    packedGates = new PackedWeights(product, row.columns(), 2 * width, arena);
    packedX = new PackedWeights(product, inputs + 1, width, arena);
    packedH = new PackedWeights(product, hidden, width, arena);
    toResetState = new PackedWeights(product, width, hidden, arena);
  }

  private static List<Block> blocks(CellSpec spec) {
    return List.of(Block.whole(spec, 2), Block.whole(spec, 0), Block.whole(spec, 1));
  }

  @Override
  void packForward() {
    int w = gates.weights;
    packedGates.pack(s, w + width, zStride, 1);
    packedX.pack(s, w, zStride, 1);
    packedH.pack(s, w + gates.units(), zStride, 1);
  }

  @Override
  void packBackward(boolean inputGradient) {
    super.packBackward(inputGradient);
    toResetState.pack(s, gates.weights + gates.units(), 1, zStride);
  }

  @Override
  void products(int t) {
    int a = operandRow(t, 0) + row.first();
    int to = zRow(t, 0);
    packedGates.multiply(s, rows, a, row.stride(), false, to + width, zStride);
    packedX.multiply(s, rows, a, row.stride(), false, to, zStride);
    for (int r = 0; r < rows; r++) {
      reset(t, r);
    }
    packedH.multiply(s, rows, resetAt(t, 0), width, true, to, zStride);
  }

  private int resetAt(int t, int r) {
    return resetState + (t * rows + r) * width;
  }

  private void reset(int t, int r) {
    int at = zRow(t, r) + width;
    int h = hiddenAt(t, r);
    int to = resetAt(t, r);
    backend.elementwise().sigmoid(s, at, s, at, 2 * width);
    for (int j = 0; j < width; j++) {
      s[to + j] = s[at + j] * s[h + j];
    }
  }

  @Override
  void forwardGates(int t, int r, int count, RecurrentLayer next) {
    for (int i = r; i < r + count; i++) {
      blend(t, i);
      if (next != null) {
        System.arraycopy(s, hiddenAt(t + 1, i), s, next.inputAt(t, i), width);
      }
    }
  }

  private void blend(int t, int r) {
    int at = zRow(t, r);
    int h = hiddenAt(t, r);
    int to = hiddenAt(t + 1, r);
    backend.elementwise().tanh(s, at, s, at, width);
    for (int j = 0; j < width; j++) {
      float n = s[at + j];
      s[to + j] = n + s[at + 2 * width + j] * (s[h + j] - n);
    }
  }

  /** Candidate and update gate; the reset gate waits for the gradient of {@code r * h}. */
  @Override
  void backwardGates(int t, int r, int count, int above, int aboveStride) {
    for (int i = 0; i < count; i++) {
      candidate(t, r + i, aboveStride == 0 ? -1 : above + i * aboveStride);
    }
  }

  private void candidate(int t, int r, int above) {
    int at = zRow(t, r);
    int h = hiddenAt(t, r);
    for (int j = 0; j < width; j++) {
      float n = s[at + j];
      float u = s[at + 2 * width + j];
      int to = dh + r * width + j;
      float d = above < 0 ? s[to] : s[to] + s[above + j];
      s[at + j] = d * (1 - u) * (1 - n * n);
      s[at + 2 * width + j] = d * (s[h + j] - n) * u * (1 - u);
      s[to] = d * u;
    }
  }

  @Override
  boolean leavesCarry() {
    return true;
  }

  @Override
  void afterGates(int t, boolean[] masked) {
    toResetState.multiply(s, rows, zRow(t, 0), zStride, false, dResetState, width);
    for (int r = 0; r < rows; r++) {
      if (masked == null || !masked[r]) {
        resetGradient(t, r);
      }
    }
  }

  private void resetGradient(int t, int r) {
    int at = zRow(t, r) + width;
    int h = hiddenAt(t, r);
    for (int j = 0; j < width; j++) {
      float gate = s[at + j];
      float d = s[dResetState + r * width + j];
      s[at + j] = d * s[h + j] * gate * (1 - gate);
      s[dh + r * width + j] += d * gate;
    }
  }

  @Override
  void addWeightGradient(int t, int count, boolean accumulate) {
    int a = operandRow(t, 0) + row.first();
    addProduct(t, count, row.columns(), a, row.stride(), 1, 2, accumulate, 0);
    addProduct(t, count, inputs + 1, a, row.stride(), 0, 1, accumulate, 0);
    addProduct(t, count, hidden, resetAt(t, 0), width, 0, 1, accumulate, gates.units());
  }
}

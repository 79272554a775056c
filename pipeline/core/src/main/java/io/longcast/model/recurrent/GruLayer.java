package io.longcast.model.recurrent;

import io.longcast.model.recurrent.GateWeights.Block;
import java.util.List;

/**
 * GRU that resets after the product. z holds {@code [candidate of x, reset, update, candidate of
 * h]}: the first three blocks make the gradient of x, the last three that of h. The constant 1 is
 * between x and h, so that either candidate block has its bias next to its columns.
 */
final class GruLayer extends RecurrentLayer {
  private final PackedWeights packedGates;
  private final PackedWeights packedX;
  private final PackedWeights packedH;

  GruLayer(CellSpec spec, int inputs, Capacity capacity, Arena arena) {
    super(spec, inputs, new Form(blocks(spec), false, 1, 3), capacity, arena);
    MatrixProduct product = backend.product();
    packedGates = new PackedWeights(product, row.columns(), 2 * width, arena);
    packedX = new PackedWeights(product, inputs + 1, width, arena);
    packedH = new PackedWeights(product, hidden + 1, width, arena);
  }

  private static List<Block> blocks(CellSpec spec) {
    return List.of(
        new Block(2, true, false, spec.biasAt() + 2 * spec.hidden()),
        Block.whole(spec, 0),
        Block.whole(spec, 1),
        new Block(2, false, true, spec.candidateBiasAt()));
  }

  @Override
  void packForward() {
    int w = gates.weights;
    packedGates.pack(s, w + width, zStride, 1);
    packedX.pack(s, w, zStride, 1);
    packedH.pack(s, w + 3 * width + gates.biases(), zStride, 1);
  }

  @Override
  void products(int t) {
    int a = operandRow(t, 0) + row.first();
    int to = zRow(t, 0);
    packedGates.multiply(s, rows, a, row.stride(), false, to + width, zStride);
    packedX.multiply(s, rows, a, row.stride(), false, to, zStride);
    packedH.multiply(s, rows, hiddenAt(t, 0) - 1, row.stride(), false, to + 3 * width, zStride);
  }

  @Override
  void forwardGates(int t, int r, int count, RecurrentLayer next) {
    backend
        .gates()
        .gruForward(
            s,
            count,
            width,
            zRow(t, r),
            zStride,
            hiddenAt(t, r),
            hiddenAt(t + 1, r),
            row.stride(),
            next == null ? 0 : next.inputAt(t, r),
            next == null ? 0 : next.row.stride());
  }

  @Override
  void backwardGates(int t, int r, int count, int above, int aboveStride) {
    backend
        .gates()
        .gruBackward(
            s,
            count,
            width,
            zRow(t, r),
            zStride,
            hiddenAt(t, r),
            row.stride(),
            dh + r * width,
            width,
            above,
            aboveStride,
            dh + r * width);
  }

  @Override
  boolean leavesCarry() {
    return true;
  }

  @Override
  void addWeightGradient(int t, int count, boolean accumulate) {
    int a = operandRow(t, 0) + row.first();
    int stride = row.stride();
    addProduct(t, count, row.columns(), a, stride, 1, 2, accumulate, 0);
    addProduct(t, count, inputs + 1, a, stride, 0, 1, accumulate, 0);
    addProduct(t, count, hidden + 1, hiddenAt(t, 0) - 1, stride, 3, 1, accumulate, gates.biases());
  }
}

package io.longcast.model.recurrent;

import io.longcast.model.recurrent.GateWeights.Block;
import java.util.List;

/** Plain recurrent cell: one block of z. */
final class RnnLayer extends RecurrentLayer {
  private final boolean relu;
  private final PackedWeights packed;

  RnnLayer(CellSpec spec, int inputs, Capacity capacity, Arena arena) {
    super(spec, inputs, new Form(List.of(Block.whole(spec, 0)), true, 0, 1), capacity, arena);
    relu = spec.activation() == RnnActivation.RELU;
    packed = new PackedWeights(backend.product(), row.columns(), zStride, arena);
  }

  @Override
  void packForward() {
    packed.pack(s, gates.weights, zStride, 1);
  }

  @Override
  void products(int t) {
    int a = operandRow(t, 0) + row.first();
    packed.multiply(s, rows, a, row.stride(), false, zRow(t, 0), zStride);
  }

  @Override
  void forwardGates(int t, int r, int count, RecurrentLayer next) {
    backend
        .gates()
        .rnnForward(
            s,
            count,
            width,
            relu,
            zRow(t, r),
            zStride,
            hiddenAt(t + 1, r),
            row.stride(),
            next == null ? 0 : next.inputAt(t, r),
            next == null ? 0 : next.row.stride());
  }

  @Override
  void backwardGates(int t, int r, int count, int above, int aboveStride) {
    backend
        .gates()
        .rnnBackward(
            s,
            count,
            width,
            relu,
            zRow(t, r),
            zStride,
            hiddenAt(t + 1, r),
            row.stride(),
            dh + r * width,
            width,
            above,
            aboveStride);
  }

  @Override
  boolean leavesCarry() {
    return false;
  }

  @Override
  void addWeightGradient(int t, int count, boolean accumulate) {
    int a = operandRow(t, 0) + row.first();
    addProduct(t, count, row.columns(), a, row.stride(), 0, 1, accumulate, 0);
  }
}

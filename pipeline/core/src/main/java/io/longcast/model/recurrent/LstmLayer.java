package io.longcast.model.recurrent;

import io.longcast.model.recurrent.GateWeights.Block;
import java.util.List;
import java.util.stream.IntStream;

/** LSTM: z holds {@code [block input, forget, output, input gate]}, the parameters' own order. */
final class LstmLayer extends RecurrentLayer {
  private static final int GATES = 4;
  private final int cell;
  private final int dCell;
  private final PackedWeights packed;

  LstmLayer(CellSpec spec, int inputs, Capacity capacity, Arena arena) {
    super(spec, inputs, new Form(blocks(spec), true, 0, GATES), capacity, arena);
    cell = arena.take((long) capacity.rows() * (capacity.steps() + 1) * width);
    dCell = arena.take((long) capacity.rows() * width);
    packed = new PackedWeights(backend.product(), row.columns(), zStride, arena);
  }

  private static List<Block> blocks(CellSpec spec) {
    return IntStream.range(0, GATES).mapToObj(gate -> Block.whole(spec, gate)).toList();
  }

  @Override
  int stateAt(int vector, int t, int r) {
    return vector == 0 ? hiddenAt(t, r) : cell + (t * rows + r) * width;
  }

  @Override
  int stateGradientAt(int vector, int r) {
    return (vector == 0 ? dh : dCell) + r * width;
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
        .lstmForward(
            s,
            count,
            width,
            zRow(t, r),
            zStride,
            stateAt(1, t, r),
            stateAt(1, t + 1, r),
            hiddenAt(t + 1, r),
            row.stride(),
            next == null ? 0 : next.inputAt(t, r),
            next == null ? 0 : next.row.stride());
  }

  @Override
  void backwardGates(int t, int r, int count, int above, int aboveStride) {
    backend
        .gates()
        .lstmBackward(
            s,
            count,
            width,
            zRow(t, r),
            zStride,
            stateAt(1, t, r),
            stateAt(1, t + 1, r),
            dh + r * width,
            width,
            above,
            aboveStride,
            dCell + r * width);
  }

  @Override
  boolean leavesCarry() {
    return false;
  }

  @Override
  void addWeightGradient(int t, int count, boolean accumulate) {
    int a = operandRow(t, 0) + row.first();
    addProduct(t, count, row.columns(), a, row.stride(), 0, GATES, accumulate, 0);
  }
}

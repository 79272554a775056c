package io.longcast.model.recurrent;

import java.util.List;

/**
 * One layer's weights and their gradient in the arena, {@code [columns of the
 * operand][blocks][padded units]}, and the way between these and the flat parameters.
 */
final class GateWeights {

  /**
   * What a block of z sums up.
   *
   * @param gate of the flat parameters
   * @param ofInput whether the inputs have weights in it
   * @param ofState whether the state has weights in it
   * @param biasAt the gate's bias, counted from the layer's first parameter
   */
  record Block(int gate, boolean ofInput, boolean ofState, int biasAt) {

    /** A gate that reads inputs and state, with the bias of its own number. */
    static Block whole(CellSpec spec, int gate) {
      return new Block(gate, true, true, spec.biasAt() + gate * spec.hidden());
    }
  }

  private final CellSpec spec;
  private final List<Block> blocks;
  private final OperandRow row;
  private final int width;
  private final int stride;
  final int weights;
  final int gradient;

  GateWeights(CellSpec spec, List<Block> blocks, OperandRow row, Arena arena) {
    this.spec = spec;
    this.blocks = blocks;
    this.row = row;
    this.width = Arena.padded(spec.hidden());
    this.stride = blocks.size() * width;
    this.weights = arena.take((long) row.columns() * stride);
    this.gradient = arena.take((long) row.columns() * stride);
  }

  /** From the weights of a column to those of the next. */
  int stride() {
    return stride;
  }

  /** Where the weights of the first input begin, counted from the first weight. */
  int inputs() {
    return (row.xAt() - row.first()) * stride;
  }

  /** Where the biases begin. */
  int biases() {
    return (row.oneAt() - row.first()) * stride;
  }

  /** Where the weights of the first unit of the state begin. */
  int units() {
    return (row.hAt() - row.first()) * stride;
  }

  /** Spreads the flat parameters over the blocks. */
  void load(float[] flat, int at, float[] s) {
    for (int b = 0; b < blocks.size(); b++) {
      Block block = blocks.get(b);
      int to = weights + b * width;
      int hidden = spec.hidden();
      if (block.ofInput()) {
        int from = at + block.gate() * hidden * spec.inputs();
        int features = spec.inputs();
        Transposition.copy(flat, from, features, hidden, features, s, to + inputs(), stride);
      }
      if (block.ofState()) {
        int from = at + spec.recurrentAt() + block.gate() * hidden * hidden;
        Transposition.copy(flat, from, hidden, hidden, hidden, s, to + units(), stride);
      }
      System.arraycopy(flat, at + block.biasAt(), s, to + biases(), hidden);
    }
  }

  /** Adds the gradient of the blocks to the flat one. */
  void store(float[] s, float[] flat, int at) {
    for (int b = 0; b < blocks.size(); b++) {
      Block block = blocks.get(b);
      int from = gradient + b * width;
      int hidden = spec.hidden();
      if (block.ofInput()) {
        int to = at + block.gate() * hidden * spec.inputs();
        int features = spec.inputs();
        Transposition.add(s, from + inputs(), stride, features, hidden, flat, to, features);
      }
      if (block.ofState()) {
        int to = at + spec.recurrentAt() + block.gate() * hidden * hidden;
        Transposition.add(s, from + units(), stride, hidden, hidden, flat, to, hidden);
      }
      Ranges.addScaled(1f, s, from + biases(), flat, at + block.biasAt(), hidden);
    }
  }
}

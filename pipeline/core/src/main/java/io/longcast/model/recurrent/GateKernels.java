package io.longcast.model.recurrent;

/**
 * The pointwise part of each cell: what happens between the matrix products of a step. All
 * positions are offsets into one arena {@code s}; {@code width} is the padded number of units, a
 * multiple of 16; rows lie {@code stride} floats apart. Padded units are zero and stay zero.
 *
 * <p>{@code next} is where the layer above reads its input; a stride of 0 there means no layer.
 */
public interface GateKernels {

  /**
   * LSTM forward. {@code z}: pre-activations {@code [a, f, o, i][width]}, replaced by activations;
   * {@code c' = f c + i a}; {@code h = o tanh c'}.
   */
  void lstmForward(
      float[] s,
      int rows,
      int width,
      int z,
      int zStride,
      int cell,
      int newCell,
      int h,
      int hStride,
      int next,
      int nextStride);

  /**
   * LSTM backward. {@code z}: activations, replaced by gradients of the pre-activations; {@code
   * dCell}: gradient of c', replaced by that of c; {@code dh} (and {@code above} if its stride is
   * not 0) add up to the gradient of h.
   */
  void lstmBackward(
      float[] s,
      int rows,
      int width,
      int z,
      int zStride,
      int cell,
      int newCell,
      int dh,
      int dhStride,
      int above,
      int aboveStride,
      int dCell);

  /**
   * GRU forward, reset after the product. {@code z}: {@code [n of x, r, u, n of h][width]},
   * replaced by {@code [n, r, u, n of h]}; {@code h' = (1 - u) n + u h}.
   */
  void gruForward(
      float[] s,
      int rows,
      int width,
      int z,
      int zStride,
      int h,
      int newH,
      int hStride,
      int next,
      int nextStride);

  /**
   * GRU backward, reset after the product. {@code z} is replaced by gradients of {@code [n of x, r,
   * u, n of h]}; {@code carry} receives the part of the gradient of h that passes the gate, {@code
   * [rows][width]}.
   */
  void gruBackward(
      float[] s,
      int rows,
      int width,
      int z,
      int zStride,
      int h,
      int hStride,
      int dh,
      int dhStride,
      int above,
      int aboveStride,
      int carry);

  /** Plain cell forward: {@code h = activation(z)}. */
  void rnnForward(
      float[] s,
      int rows,
      int width,
      boolean relu,
      int z,
      int zStride,
      int h,
      int hStride,
      int next,
      int nextStride);

  /** Plain cell backward: {@code z} becomes {@code dh activation'}, from the output h. */
  void rnnBackward(
      float[] s,
      int rows,
      int width,
      boolean relu,
      int z,
      int zStride,
      int h,
      int hStride,
      int dh,
      int dhStride,
      int above,
      int aboveStride);
}

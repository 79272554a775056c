package io.longcast.bench;

import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.CellSpec;

/** Sizes on which kernels are compared: layers of one width, a dense head from the last state. */
public enum KernelWorkload {
  /** Small: batch 64, 48 steps of 4 features, one layer of 64 units. */
  W1(64, 48, 4, 64, 1),
  /** Large: batch 256, 96 steps of 8 features, two layers of 128 units. */
  W2(256, 96, 8, 128, 2);

  /** Outputs of the dense head. */
  static final int HORIZON = 24;

  final int batch;
  final int steps;
  final int features;
  final int hidden;
  final int layers;

  KernelWorkload(int batch, int steps, int features, int hidden, int layers) {
    this.batch = batch;
    this.steps = steps;
    this.features = features;
    this.hidden = hidden;
    this.layers = layers;
  }

  /**
   * Floating-point operations of the matrix products a window needs: forward, weight gradient, and
   * the gradient of the state and of every layer's inputs but the first's.
   */
  double operations(CellKind kind, boolean training) {
    double sum = (training ? 3 : 1) * 2.0 * hidden * HORIZON;
    for (int l = 0; l < layers; l++) {
      int inputs = l == 0 ? features : hidden;
      int columns = inputs + hidden;
      int back = training ? columns + hidden + (l == 0 ? 0 : inputs) : 0;
      sum += 2.0 * CellSpec.of(kind, inputs, hidden).gates() * hidden * steps * (columns + back);
    }
    return sum;
  }
}

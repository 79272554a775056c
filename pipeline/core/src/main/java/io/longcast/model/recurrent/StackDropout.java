package io.longcast.model.recurrent;

/** Dropout between layers: a pattern of (seed, layer, step, row, unit), the same both ways. */
final class StackDropout {
  private final Dropout dropout;
  private final int maxRows;
  private final int maxSteps;
  private boolean active;
  private long seed;

  StackDropout(double rate, int maxRows, int maxSteps) {
    this.dropout = new Dropout(rate);
    this.maxRows = maxRows;
    this.maxSteps = maxSteps;
  }

  void off() {
    active = false;
  }

  void on(long seed) {
    this.seed = seed;
    active = dropout.rate() > 0;
  }

  /** Drops inputs of layer {@code l} at step t. */
  void inputs(RecurrentLayer layer, int l, int t, int batch) {
    for (int r = 0; active && r < batch; r++) {
      int count = layer.spec.inputs();
      dropout.apply(seed, position(l, t, r, count), layer.s, layer.inputAt(t, r), count);
    }
  }

  /** Drops the gradients of the inputs of layer {@code l}. */
  void gradients(RecurrentLayer layer, int l, int firstStep, int batch) {
    for (int t = firstStep; active && t < layer.steps; t++) {
      for (int r = 0; r < batch; r++) {
        int at = layer.dx + (t * layer.rows + r) * layer.inputs;
        int count = layer.spec.inputs();
        dropout.apply(seed, position(l, t, r, count), layer.s, at, count);
      }
    }
  }

  private long position(int l, int t, int r, int inputs) {
    return (((long) l * maxSteps + t) * maxRows + r) * inputs;
  }
}

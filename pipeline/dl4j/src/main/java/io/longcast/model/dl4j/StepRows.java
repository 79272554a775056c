package io.longcast.model.dl4j;

import io.longcast.model.recurrent.RecurrentStack;

/**
 * Takes a block of sequences out of a batch: features and masks into the stack, labels and their
 * weights into rows in the order of its states, {@code [time][sequence]} where there is a label at
 * each step.
 */
final class StepRows {
  private final RecurrentStack stack;
  private final int outputs;
  private final boolean everyStep;
  private final float[] labels;
  private final float[] weights;
  private final float[] mask;
  private boolean weighted;

  /**
   * @param places most rows of labels
   */
  StepRows(RecurrentStack stack, int places, int outputs, boolean everyStep) {
    this.stack = stack;
    this.outputs = outputs;
    this.everyStep = everyStep;
    this.labels = new float[places * outputs];
    this.weights = new float[places];
    this.mask = new float[stack.maxBatch() * stack.maxSteps()];
  }

  /** Begins a block of the stack with features and mask. */
  void inputs(StepBatch data, int from, int count) {
    int steps = data.steps();
    int features = stack.inputs();
    stack.begin(count, steps);
    float[] arena = stack.arena();
    float[] x = data.x();
    for (int t = 0; t < steps; t++) {
      for (int r = 0; r < count; r++) {
        int source = ((from + r) * steps + t) * features;
        int to = stack.inputAt(t, r);
        for (int f = 0; f < features; f++) {
          arena[to + f] = x[source + f];
        }
      }
    }
    if (data.mask().isPresent()) {
      byTime(data.mask().get(), from, count, steps, mask);
      stack.mask(mask, 0);
    }
  }

  private static void byTime(float[] from, int at, int count, int steps, float[] to) {
    for (int t = 0; t < steps; t++) {
      for (int r = 0; r < count; r++) {
        to[t * count + r] = from[(at + r) * steps + t];
      }
    }
  }

  /** Reads labels and weights of a block. */
  void labels(StepBatch data, int from, int count) {
    if (!everyStep) {
      System.arraycopy(data.y(), from * outputs, labels, 0, count * outputs);
      data.labelMask().ifPresent(m -> System.arraycopy(m, from, weights, 0, count));
      weighted = data.labelMask().isPresent();
      return;
    }
    int steps = data.steps();
    for (int t = 0; t < steps; t++) {
      for (int r = 0; r < count; r++) {
        int source = ((from + r) * steps + t) * outputs;
        System.arraycopy(data.y(), source, labels, (t * count + r) * outputs, outputs);
      }
    }
    weighted = data.labelMask().or(data::mask).isPresent();
    data.labelMask().or(data::mask).ifPresent(m -> byTime(m, from, count, steps, weights));
  }

  float[] labels() {
    return labels;
  }

  /** Weight of each row, or null for equal weights. */
  float[] weights() {
    return weighted ? weights : null;
  }

  /** Writes a block's outputs to their places in the batch. */
  void write(float[] out, StepBatch data, int from, int count, float[] to) {
    if (!everyStep) {
      System.arraycopy(out, 0, to, from * outputs, count * outputs);
      return;
    }
    int steps = data.steps();
    for (int t = 0; t < steps; t++) {
      for (int r = 0; r < count; r++) {
        int target = ((from + r) * steps + t) * outputs;
        System.arraycopy(out, (t * count + r) * outputs, to, target, outputs);
      }
    }
  }
}

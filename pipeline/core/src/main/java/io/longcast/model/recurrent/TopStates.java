package io.longcast.model.recurrent;

import java.util.Arrays;

/**
 * What leaves a stack at its top, last states and all states, and the gradients that enter there.
 */
final class TopStates {
  private final LayerChain chain;
  private final RecurrentLayer top;
  private final StepMasks masks;
  private boolean given;

  TopStates(LayerChain chain, StepMasks masks) {
    this.chain = chain;
    this.top = chain.top;
    this.masks = masks;
  }

  void clear() {
    given = false;
  }

  /** From row to row of the gradients of all states; 0 where none were given. */
  int gradientStride() {
    return given ? top.width : 0;
  }

  void writeLast(float[] to, int at, int batch) {
    for (int r = 0; r < batch; r++) {
      System.arraycopy(top.s, top.hiddenAt(top.steps, r), to, at + r * top.hidden, top.hidden);
    }
  }

  void writeAll(float[] to, int at, int batch) {
    int place = at;
    for (int t = 0; t < top.steps; t++) {
      for (int r = 0; r < batch; r++, place += top.hidden) {
        if (masks.skips(t, r)) {
          Arrays.fill(to, place, place + top.hidden, 0f);
        } else {
          System.arraycopy(top.s, top.hiddenAt(t + 1, r), to, place, top.hidden);
        }
      }
    }
  }

  void addLastGradient(float[] gradient, int at, int batch) {
    for (int r = 0; r < batch; r++) {
      int to = top.stateGradientAt(0, r);
      Ranges.addScaled(1f, gradient, at + r * top.hidden, top.s, to, top.hidden);
    }
  }

  void readGradients(float[] gradient, int at, int batch) {
    given = true;
    for (int t = 0; t < top.steps; t++) {
      for (int r = 0; r < top.rows; r++) {
        int to = chain.stateGradients + (t * top.rows + r) * top.width;
        int copied = r >= batch || masks.skips(t, r) ? 0 : top.hidden;
        if (copied > 0) {
          System.arraycopy(gradient, at + (t * batch + r) * top.hidden, top.s, to, copied);
        }
        Arrays.fill(top.s, to + copied, to + top.width, 0f);
      }
    }
  }
}

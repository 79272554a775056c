package io.longcast.logs.language;

import java.util.Arrays;

/**
 * Turns keys into the numbers that the recurrent layers read: the embedding or a one among zeros,
 * and log(1 + count so far) of every key. A key that no normal session has enters as zeros.
 */
final class KeyInputs {
  private final KeyLayout layout;
  private final boolean runningCounts;

  KeyInputs(KeyLayout layout, boolean runningCounts) {
    this.layout = layout;
    this.runningCounts = runningCounts;
  }

  /** Counts of a row in the array that {@link #write} keeps. */
  int countsPerRow() {
    return runningCounts ? layout.keys : 0;
  }

  /**
   * Steps {@code from} to {@code from + steps} of a batch.
   *
   * @param counts so far, {@code [batch][keys]}
   * @param x to {@code [steps][batch][features]}
   * @param mask to {@code [steps][batch]}
   */
  void fill(
      KeyBatch batch,
      int from,
      int steps,
      float[] parameters,
      float[] counts,
      float[] x,
      float[] mask) {
    int size = batch.size();
    Arrays.fill(x, 0, steps * size * layout.features, 0);
    for (int b = 0; b < size; b++) {
      for (int t = 0; t < steps; t++) {
        boolean used = batch.has(b, from + t);
        mask[t * size + b] = used ? 1 : 0;
        if (used) {
          int key = before(batch.sessions()[b], from + t);
          write(key, parameters, counts, b * countsPerRow(), x, (t * size + b) * layout.features);
        }
      }
    }
  }

  /** The key before a step; the start before the first. */
  private int before(int[] session, int step) {
    return step == 0 ? layout.start() : session[step - 1];
  }

  /** One key to {@code x} at {@code at}, where zeros stand; it counts from now on. */
  void write(int key, float[] parameters, float[] counts, int countsAt, float[] x, int at) {
    boolean known = key >= 0 && key <= layout.keys;
    if (known && layout.embedded) {
      System.arraycopy(parameters, key * layout.width, x, at, layout.width);
    } else if (known) {
      x[at + key] = 1;
    }
    if (runningCounts) {
      if (known && key < layout.keys) {
        counts[countsAt + key]++;
      }
      for (int k = 0; k < layout.keys; k++) {
        float count = counts[countsAt + k];
        x[at + layout.width + k] = count == 0 ? 0 : (float) Math.log1p(count);
      }
    }
  }

  /**
   * Adds the gradient of the embedding.
   *
   * @param dx gradient of {@code x}
   */
  void backward(KeyBatch batch, int from, int steps, float[] dx, float[] gradient) {
    int size = batch.size();
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < size; b++) {
        int key = batch.has(b, from + t) ? before(batch.sessions()[b], from + t) : -1;
        if (key >= 0 && key <= layout.keys) {
          for (int e = 0; e < layout.width; e++) {
            gradient[key * layout.width + e] += dx[(t * size + b) * layout.features + e];
          }
        }
      }
    }
  }
}

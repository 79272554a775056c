package io.longcast.anomaly.residual;

import java.io.Serializable;

/**
 * The last rows of a series as a forecaster sees them, in a ring: features, and the present value
 * of each target (not a number where missing). Rows are counted from the oldest kept.
 */
final class RowMemory implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int features;
  private final int targets;
  private final int capacity;
  private final float[] inputs;
  private final float[] values;
  private long count;

  RowMemory(int features, int targets, int capacity) {
    this.features = features;
    this.targets = targets;
    this.capacity = capacity;
    inputs = new float[features * capacity];
    values = new float[targets * capacity];
  }

  void add(float[] row, double[] present) {
    int slot = (int) (count % capacity);
    System.arraycopy(row, 0, inputs, slot * features, features);
    for (int c = 0; c < targets; c++) {
      values[slot * targets + c] = (float) present[c];
    }
    count++;
  }

  int size() {
    return (int) Math.min(count, capacity);
  }

  private int slot(int row) {
    return (int) ((count - size() + row) % capacity);
  }

  void features(int row, float[] to, int at) {
    System.arraycopy(inputs, slot(row) * features, to, at, features);
  }

  /** The change of a target to the next row; not a number if either is missing. */
  double change(int row, int c) {
    return (double) values[slot(row + 1) * targets + c] - values[slot(row) * targets + c];
  }
}

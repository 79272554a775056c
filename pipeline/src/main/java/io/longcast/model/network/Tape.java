package io.longcast.model.network;

import io.longcast.model.NetworkInputs;
import java.util.Arrays;

/**
 * The arrays a forward pass leaves for the backward pass, reused over steps. All row-major.
 *
 * <p>Forward: each {@link Part} adds to {@link #point} and {@link #extra}. Backward: the loss
 * writes {@link #dPoint} and {@link #dExtra}, and each part adds to {@link #dState}.
 */
final class Tape {
  final ScaledBatch scaled;

  /** {@code [size, horizon]}: the point forecast in scaled units. */
  final float[] point;

  final float[] dPoint;

  /** {@code [size, horizon, extras]}: quantile gaps, spread and shape of a distribution. */
  final float[] extra;

  final float[] dExtra;

  /** {@code [size, stateSize]}: the last state after dropout, its gradient. */
  final float[] state;

  final float[] dState;

  /** Windows in the batch. */
  int size;

  /** Whether dropout applies, and from which seed. */
  boolean training;

  long dropoutSeed;

  Tape(int capacity, NetworkInputs inputs, int extras, int stateSize) {
    scaled = new ScaledBatch(capacity, inputs);
    point = new float[capacity * inputs.horizon()];
    dPoint = new float[point.length];
    extra = new float[capacity * inputs.horizon() * extras];
    dExtra = new float[extra.length];
    state = new float[capacity * stateSize];
    dState = new float[state.length];
  }

  int capacity() {
    return scaled.capacity;
  }

  void clearOutputs() {
    Arrays.fill(point, 0);
    Arrays.fill(extra, 0);
  }

  void clearGradients() {
    Arrays.fill(dPoint, 0);
    Arrays.fill(dExtra, 0);
    Arrays.fill(dState, 0);
  }
}

package io.longcast.model.network;

import io.longcast.model.NetworkInputs;
import io.longcast.model.recurrent.MatrixProduct;
import io.longcast.window.WindowBatch;
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

  /** {@code [size, stateSize]}: the last state, its gradient. */
  final float[] state;

  final float[] dState;

  /** {@code [steps, size, stateSize]}: states over the horizon after dropout, their gradient. */
  final float[] steps;

  final float[] dSteps;

  final MatrixProduct product;

  /** The batch's own arrays: do not write. */
  float[] observed;

  int[] statics;
  WindowBatch batch;

  /** Windows in the batch. */
  int size;

  /** Whether dropout applies, and from which seed. */
  boolean training;

  long dropoutSeed;

  /** Updates so far, for schedules. */
  long iteration;

  /**
   * @param extras outputs a step beside the point
   * @param stateSize units of the state
   * @param steps recurrent steps over the horizon, 0 if the last state makes all
   */
  Tape(
      int capacity,
      NetworkInputs inputs,
      int extras,
      int stateSize,
      int steps,
      MatrixProduct product) {
    this.product = product;
    this.steps = new float[capacity * steps * stateSize];
    dSteps = new float[this.steps.length];
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

  /** Starts on a batch, without dropout. */
  void accept(WindowBatch windows) {
    batch = windows;
    size = windows.size();
    observed = windows.contextObserved();
    statics = windows.statics();
    training = false;
    Arrays.fill(point, 0);
    Arrays.fill(extra, 0);
  }

  void clearGradients() {
    Arrays.fill(dPoint, 0);
    Arrays.fill(dExtra, 0);
    Arrays.fill(dState, 0);
    Arrays.fill(dSteps, 0);
  }
}

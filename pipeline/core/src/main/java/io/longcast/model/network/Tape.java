package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.loss.Outputs;
import io.longcast.model.recurrent.MatrixProduct;
import io.longcast.window.WindowBatch;
import java.util.Arrays;

/**
 * The arrays a forward pass leaves for the backward pass, reused over steps. All row-major.
 *
 * <p>Forward: each {@link ForecastComponent} adds to {@link #point} and {@link #extra}. Backward:
 * the loss writes {@link #dPoint} and {@link #dExtra}, and each part adds to {@link #dState}.
 */
final class Tape {
  final ScaledBatch scaled;
  final Outputs outputs;

  /** The arrays of {@link #outputs}. */
  final float[] point;

  final float[] dPoint;
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

  /**
   * The gradient's norm at the inputs of each recurrent step of the encoder, written by the
   * backward pass; null where it is not wanted.
   */
  double[] stepNorms;

  /** Windows in the batch. */
  int size;

  /** Steps of the horizon that are read, from the first; the others may be left out. */
  int wanted;

  /** Whether dropout applies, and from which seed. */
  boolean training;

  long dropoutSeed;

  /** Updates so far, for schedules. */
  long iteration;

  /**
   * @param extras outputs per step in addition to the point
   * @param steps recurrent steps over the horizon, 0 if the last state makes all
   */
  Tape(
      int capacity,
      ModelSpec model,
      NetworkInputs inputs,
      int extras,
      int steps,
      MatrixProduct product) {
    int stateSize = model.hiddenSize();
    this.product = product;
    this.steps = new float[capacity * steps * stateSize];
    dSteps = new float[this.steps.length];
    scaled = new ScaledBatch(capacity, model, inputs);
    outputs = new Outputs(capacity, inputs.horizon(), extras);
    point = outputs.point;
    dPoint = outputs.dPoint;
    extra = outputs.extra;
    dExtra = outputs.dExtra;
    state = new float[capacity * stateSize];
    dState = new float[state.length];
  }

  int capacity() {
    return scaled.capacity;
  }

  /** Starts on a batch, without dropout: scales it, and its targets where asked to. */
  void accept(WindowBatch windows, boolean withTargets) {
    batch = windows;
    size = windows.size();
    wanted = windows.horizon();
    observed = windows.contextObserved();
    statics = windows.statics();
    training = false;
    outputs.begin(size);
    scaled.accept(windows);
    for (int i = 0; i < size; i++) {
      outputs.spread[i] = scaled.scale(i).spread();
    }
    if (withTargets) {
      scaled.targets(windows, outputs);
    }
  }

  void clearGradients() {
    outputs.clearGradients();
    Arrays.fill(dState, 0);
    Arrays.fill(dSteps, 0);
  }
}

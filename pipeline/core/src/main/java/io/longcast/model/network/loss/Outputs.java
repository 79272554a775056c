package io.longcast.model.network.loss;

import java.util.Arrays;

/**
 * Outputs of a network for a batch and the actual targets, in scaled units, row-major; reused. The
 * parts of the network add to {@link #point} and {@link #extra}, a loss writes the gradients.
 */
public final class Outputs {
  /** {@code [size, horizon]}: the points, and their gradient. */
  public final float[] point;

  public final float[] dPoint;

  /** {@code [size, horizon, extras]}: quantile gaps, spread and shape, class scores. */
  public final float[] extra;

  public final float[] dExtra;

  /** {@code [size, horizon]}: the targets. */
  public final float[] target;

  /** {@code [size, horizon]}: how much the target counts, 0 where it does not. */
  public final float[] weight;

  /** {@code [size]}: what each window was divided by. */
  public final double[] spread;

  private final int horizon;
  private final int extras;
  private int size;

  /**
   * @param capacity most windows
   * @param horizon outputs a window
   * @param extras numbers per output in addition to its point
   */
  public Outputs(int capacity, int horizon, int extras) {
    this.horizon = horizon;
    this.extras = extras;
    point = new float[capacity * horizon];
    dPoint = new float[point.length];
    extra = new float[point.length * extras];
    dExtra = new float[extra.length];
    target = new float[point.length];
    weight = new float[point.length];
    spread = new double[capacity];
  }

  /** Starts on a batch of so many windows. */
  public void begin(int windows) {
    size = windows;
    Arrays.fill(point, 0, count(), 0);
    Arrays.fill(extra, 0, count() * extras, 0);
  }

  /** Before a backward pass. */
  public void clearGradients() {
    Arrays.fill(dPoint, 0);
    Arrays.fill(dExtra, 0);
  }

  /** Outputs a window. */
  public int horizon() {
    return horizon;
  }

  /** Outputs of all windows of the batch. */
  public int count() {
    return size * horizon;
  }

  /** Sum of the weights. */
  public double totalWeight() {
    double sum = 0;
    for (int at = 0; at < count(); at++) {
      sum += weight[at];
    }
    return sum;
  }
}

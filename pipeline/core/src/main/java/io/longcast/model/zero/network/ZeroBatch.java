package io.longcast.model.zero.network;

import java.util.Arrays;

/**
 * What the network reads of a batch of series of one length, step by step; reusable, filled by
 * {@link FeatureWriter}. Row {@code step * series + i} belongs to series {@code i}. Not
 * thread-safe.
 */
public final class ZeroBatch {
  final float[] inputs;

  /** Last known value, normalized. */
  final float[] last;

  /** What values are measured from. */
  final float[] level;

  /** Unit of normalized values. */
  final float[] scale;

  /** Factor of the loss. */
  final float[] weight;

  private final int maxSeries;
  private final int maxSteps;
  private int series;
  private int steps;

  /** Of room for so many series and steps of 16 values. */
  public ZeroBatch(int maxSeries, int maxSteps) {
    this.maxSeries = maxSeries;
    this.maxSteps = maxSteps;
    int rows = Math.multiplyExact(maxSeries, maxSteps);
    inputs = new float[Math.multiplyExact(rows, ZeroShape.INPUTS)];
    last = new float[rows];
    level = new float[rows];
    scale = new float[rows];
    weight = new float[rows];
  }

  /** Starts a batch. */
  public void begin(int series, int steps) {
    if (series < 1 || series > maxSeries || steps < 1 || steps > maxSteps) {
      throw new IllegalArgumentException(
          "series and steps must be in 1..%d and 1..%d, found %d and %d"
              .formatted(maxSeries, maxSteps, series, steps));
    }
    this.series = series;
    this.steps = steps;
    Arrays.fill(inputs, 0, rows() * ZeroShape.INPUTS, 0f);
  }

  /** Most series. */
  public int maxSeries() {
    return maxSeries;
  }

  /** Most steps. */
  public int maxSteps() {
    return maxSteps;
  }

  /** Series now. */
  public int series() {
    return series;
  }

  /** Steps now. */
  public int steps() {
    return steps;
  }

  /** Series times steps. */
  public int rows() {
    return series * steps;
  }

  /** The row of a step of a series. */
  public int row(int step, int i) {
    return step * series + i;
  }

  /** What the normalized values of a row are measured from. */
  public float level(int row) {
    return level[row];
  }

  /** The unit of the normalized values of a row, above 0. */
  public float scale(int row) {
    return scale[row];
  }

  /** How much the errors of a row count in the loss. */
  public float weight(int row) {
    return weight[row];
  }

  /** Where the lookups of a row begin. */
  static int lookups(int row) {
    return row * ZeroShape.INPUTS + 2 * ZeroShape.BLOCK;
  }

  /** Where the statistics of a row begin. */
  static int scalars(int row) {
    return (row + 1) * ZeroShape.INPUTS - ZeroShape.SCALARS;
  }
}

package io.longcast.model.zero.training;

import io.longcast.model.zero.network.ZeroBatch;
import io.longcast.model.zero.network.ZeroShape;

/**
 * What is to be forecast, and the quantile loss of forecasts: twice the mean over the levels,
 * weighed. Values that do not count have weight 0.
 */
public final class Targets {
  private static final int LEVELS = ZeroShape.LEVEL_COUNT;

  /** Values that must have been observed before a forecast of them counts. */
  private static final int LEAST_OBSERVED = 4;

  private static final float CLAMP = 12;

  final float[] values;
  final float[] weights;

  private double sum;
  private long count;

  /** For so many forecasts of 48 values. */
  public Targets(int places) {
    values = new float[places * ZeroShape.BLOCK];
    weights = new float[places * ZeroShape.BLOCK];
  }

  /**
   * Sets what is to be forecast of one series.
   *
   * @param x its values, at least 48 more than the steps of the batch read
   * @param observed which of them count
   * @param i its place in the batch, which holds its features
   * @param origins the steps that are forecast from, ascending
   */
  public void set(double[] x, boolean[] observed, ZeroBatch batch, int i, int[] origins) {
    int count = 0;
    int next = 0;
    for (int k = 0; k < origins.length; k++) {
      int end = (origins[k] + 1) * ZeroShape.STEP;
      for (; next < end; next++) {
        count += observed[next] ? 1 : 0;
      }
      int row = batch.row(origins[k], i);
      int at = (k * batch.series() + i) * ZeroShape.BLOCK;
      for (int h = 0; h < ZeroShape.BLOCK; h++) {
        boolean counts = observed[end + h] && count >= LEAST_OBSERVED;
        double z = (x[end + h] - batch.level(row)) / batch.scale(row);
        values[at + h] = (float) Math.max(-CLAMP, Math.min(CLAMP, z));
        weights[at + h] = counts ? batch.weight(row) : 0;
      }
    }
  }

  /** Sum of the losses. */
  public double sum() {
    return sum;
  }

  /** Values that counted. */
  public long count() {
    return count;
  }

  /**
   * Computes the loss.
   *
   * @param places how many of the forecasts count, from the first
   * @param quantiles {@code [places, 48, 9]}
   * @param gradient the gradient of the sum, of the same shape
   */
  public void loss(int places, float[] quantiles, float[] gradient) {
    sum = 0;
    count = 0;
    for (int i = 0; i < places * ZeroShape.BLOCK; i++) {
      float weight = weights[i];
      float factor = 2 * weight / LEVELS;
      float losses = 0;
      for (int q = 0; q < LEVELS; q++) {
        float level = (q + 1) / 10f;
        float error = values[i] - quantiles[i * LEVELS + q];
        losses += error > 0 ? level * error : (level - 1) * error;
        gradient[i * LEVELS + q] = factor * (error > 0 ? -level : 1 - level);
      }
      sum += factor * losses;
      count += weight > 0 ? 1 : 0;
    }
  }
}

package io.longcast.model.zero.training;

import io.longcast.model.zero.network.ZeroShape;

/**
 * What is to be forecast, and the quantile loss of forecasts: twice the mean over the levels,
 * weighed. Values that do not count have weight 0.
 */
final class Targets {
  private static final int LEVELS = ZeroShape.LEVEL_COUNT;

  final float[] values;
  final float[] weights;

  private double sum;
  private long count;

  /** For so many forecasts of 48 values. */
  Targets(int places) {
    values = new float[places * ZeroShape.BLOCK];
    weights = new float[places * ZeroShape.BLOCK];
  }

  /** Sum of the losses. */
  double sum() {
    return sum;
  }

  /** Values that counted. */
  long count() {
    return count;
  }

  /**
   * Computes the loss.
   *
   * @param quantiles {@code [places, 48, 9]}
   * @param gradient the gradient of the sum, of the same shape
   */
  void loss(float[] quantiles, float[] gradient) {
    sum = 0;
    count = 0;
    for (int i = 0; i < values.length; i++) {
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

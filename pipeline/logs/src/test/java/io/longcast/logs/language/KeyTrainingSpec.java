package io.longcast.logs.language;

import java.io.Serializable;

/**
 * How the language model is trained by one worker: section {@code logs.training}.
 *
 * @param steps updates, at least 1; default 900
 * @param batchSize sessions an update, at least 1; default 64
 * @param peakRate largest learning rate, above 0; it rises over the first 30 % of the steps and
 *     falls to nothing in a half cosine (one-cycle; Smith 2018); default 0.005
 * @param seed of parameters and sampling; default 1
 */
public record KeyTrainingSpec(int steps, int batchSize, double peakRate, long seed)
    implements Serializable {
  private static final double RISE = 0.3;

  public KeyTrainingSpec {
    if (steps < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "steps and batchSize must be >= 1, found "
              + steps
              + " and "
              + batchSize
              + " (keys logs.training.steps, logs.training.batchSize)");
    }
    if (!(peakRate > 0)) {
      throw new IllegalArgumentException(
          "peakRate must be > 0, found " + peakRate + " (key logs.training.peakRate)");
    }
  }

  /** Learning rate of a step, from 0. */
  double rate(int step) {
    double rise = RISE * steps;
    double part = step < rise ? step / rise : (steps - step) / (steps - rise);
    double height = 0.5 - 0.5 * StrictMath.cos(StrictMath.PI * part);
    return peakRate * (step < rise ? 0.04 + 0.96 * height : height);
  }
}

package io.longcast.train;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * The learning rate over the steps of a shard: section {@code training.rate}. It rises linearly
 * over the first steps, then follows the curve; the step is global, so that resuming, averaging and
 * the number of executors do not change it.
 *
 * @param peak rate at the end of the warm-up on one shard, more than 0. Default 0.002
 * @param curve {@code cosine} down to the floor, or {@code constant}. Default cosine
 * @param warmUp share of all steps that the rise takes, 0..1. Default 0.05
 * @param floor rate at the last step as a share of the peak, 0..1. Default 0.005
 * @param maxShardFactor the peak is multiplied by the number of shards, but by no more than this; 1
 *     for no scaling. Default 4
 */
public record RateSpec(double peak, Curve curve, double warmUp, double floor, double maxShardFactor)
    implements Serializable {

  /** Shapes of the rate after the warm-up. */
  public enum Curve {
    COSINE,
    CONSTANT
  }

  public RateSpec {
    SettingChecks.positive(peak, "training.rate.peak");
    SettingChecks.share(warmUp, "training.rate.warmUp");
    SettingChecks.share(floor, "training.rate.floor");
    SettingChecks.require(
        maxShardFactor >= 1, "training.rate.maxShardFactor", ">= 1", maxShardFactor);
  }

  /** The same with another peak. */
  RateSpec withPeak(double other) {
    return new RateSpec(other, curve, warmUp, floor, maxShardFactor);
  }

  /**
   * The rate of one step.
   *
   * @param step from 0
   * @param steps all steps of the run
   * @param shards of the run
   */
  public double at(long step, long steps, int shards) {
    double top = peak * Math.min(shards, maxShardFactor);
    double rise = warmUp * steps;
    if (step < rise) {
      return top * (step + 1) / (rise + 1);
    }
    if (curve == Curve.CONSTANT) {
      return top;
    }
    double done = (step - rise) / Math.max(1, steps - rise);
    return top * (floor + (1 - floor) * 0.5 * (1 + StrictMath.cos(Math.PI * done)));
  }
}

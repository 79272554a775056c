package io.longcast.window;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * The order in which training draws windows.
 *
 * @param order the rule; proposed default {@code series-uniform}
 * @param power for {@code weighted}: a target is drawn in proportion to its weight times (its
 *     number of training windows) to this power, 0 to 1; 0 gives every target the same weight, 1
 *     every window; proposed default 0.5
 */
public record SamplingSpec(Order order, double power) implements Serializable {

  /** Rules of drawing. */
  public enum Order {
    /** Every window once an epoch, in a seeded order that is new each epoch. */
    PERMUTATION,
    /** A target (series and channel) uniformly, then one of its windows uniformly. */
    SERIES_UNIFORM,
    /** A target by weight, then one of its windows uniformly. */
    WEIGHTED
  }

  public SamplingSpec {
    SettingChecks.share(power, "sampling.power");
  }
}

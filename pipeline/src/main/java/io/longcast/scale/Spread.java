package io.longcast.scale;

/** What values are divided by, before the floor. */
public enum Spread {
  /** Standard deviation over the context. */
  STD,
  /** Standard deviation over the last seasonal period (over the context where that is 1). */
  SEASON_STD,
  /** Median absolute deviation from the median, times 1.4826 (a normal's standard deviation). */
  MAD,
  /** Mean absolute value. */
  MEAN_ABS,
  /** One: values keep their unit. */
  ONE
}

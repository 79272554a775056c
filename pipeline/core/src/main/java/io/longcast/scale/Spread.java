package io.longcast.scale;

/** What a window is divided by. */
public enum Spread {
  /** Standard deviation of the context. */
  DEVIATION,
  /** Median absolute deviation from the median, times 1.4826. */
  MEDIAN_DEVIATION,
  /** Mean absolute value: a positive series keeps its zero. */
  MEAN_ABSOLUTE,
  /** Mean absolute seasonal difference. */
  SEASONAL_DIFFERENCE,
  /** Nothing: the values are on one scale already. */
  ONE;

  /** Whether a window that never changes has no spread of this kind. */
  public boolean isOfChange() {
    return this != MEAN_ABSOLUTE && this != ONE;
  }
}

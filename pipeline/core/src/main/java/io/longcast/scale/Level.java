package io.longcast.scale;

/** What a window is centred on. */
public enum Level {
  /** Mean of the last season; without a season the last value. */
  LAST_SEASON,
  LAST_VALUE,
  /** Mean of the context; with the spread {@code deviation}, RevIN (Kim et al. 2022). */
  MEAN,
  MEDIAN,
  ZERO
}

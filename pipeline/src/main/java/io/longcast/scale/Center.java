package io.longcast.scale;

/** What is subtracted. */
public enum Center {
  /** Mean of the last seasonal period (its last value where the period is 1). */
  SEASON_MEAN,
  /** Mean of the context (reversible instance normalization, Kim et al. 2022). */
  MEAN,
  /** Median of the context. */
  MEDIAN,
  /** Last observed value. */
  LAST,
  /** Nothing. */
  ZERO
}

package io.longcast.forecast;

import java.io.Serializable;

/**
 * How forecasts are made from a trained model.
 *
 * @param batchSize windows a batch, at least 1; default 256
 * @param minContext observed values a series needs before the origin, at least 1; a shorter one
 *     gets a status; default 2
 * @param nonNegative whether points and quantiles below zero become zero; default false
 * @param wholeNumbers whether points are rounded to whole numbers; default false
 * @param calibration when the correction found on the calibration part is applied; default
 *     where-needed
 */
public record ForecastSpec(
    int batchSize, int minContext, boolean nonNegative, boolean wholeNumbers, Calibrate calibration)
    implements Serializable {

  /** When intervals are corrected. */
  public enum Calibrate {
    /** Never: the quantile heads speak for themselves. */
    OFF,
    /** Only levels whose coverage on the calibration part is off by more than its noise. */
    WHERE_NEEDED,
    /** All levels. */
    ALWAYS
  }

  public ForecastSpec {
    require(batchSize >= 1, "batchSize", batchSize);
    require(minContext >= 1, "minContext", minContext);
  }

  private static void require(boolean holds, String key, int found) {
    if (!holds) {
      throw new IllegalArgumentException(
          key + " must be >= 1, found " + found + " (key forecast." + key + ")");
    }
  }
}

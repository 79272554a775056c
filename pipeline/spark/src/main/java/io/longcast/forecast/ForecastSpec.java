package io.longcast.forecast;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * How forecasts are made from a trained model.
 *
 * @param batchSize windows a batch, 1 to 65536; default 256
 * @param minContext observed values a series needs before the origin, at least 1; a shorter one
 *     gets a status; default 2
 * @param staleAfter steps by which a series may end before the newest one of the run; one that ends
 *     earlier gets the status stale beside its forecast; at least 0, 0 for the horizon, whose
 *     forecast then lies wholly in the past; default 0
 * @param nonNegative whether points and quantiles below zero become zero; default false
 * @param wholeNumbers whether points are rounded to whole numbers; default false
 * @param calibration when the correction found on the calibration part is applied; default
 *     where-needed
 * @param adaptive how the correction follows what comes in rolling use
 */
public record ForecastSpec(
    int batchSize,
    int minContext,
    int staleAfter,
    boolean nonNegative,
    boolean wholeNumbers,
    Calibrate calibration,
    Adaptive adaptive)
    implements Serializable {

  /** When intervals are corrected. */
  public enum Calibrate {
    /** Never: the quantile heads are used without correction. */
    OFF,
    /** Only levels whose coverage on the calibration part is off by more than its noise. */
    WHERE_NEEDED,
    /** All levels. */
    ALWAYS
  }

  /**
   * Rolling use: each origin whose target has become known moves the factors of the intervals by
   * {@link IntervalCalibration#adapted}.
   *
   * @param rate how far the logarithm of a factor moves when all values lie beyond its quantile, at
   *     least 0; 0: not at all; default 0.5
   * @param origins known origins, a horizon apart, that {@code longcast forecast} looks back over
   *     before it forecasts, at least 0; each costs as much as the forecast itself; default 0
   */
  public record Adaptive(double rate, int origins) implements Serializable {
    public Adaptive {
      SettingChecks.require(
          rate >= 0 && Double.isFinite(rate), "forecast.adaptive.rate", ">= 0 and finite", rate);
      SettingChecks.atLeast(origins, 0, "forecast.adaptive.origins");
    }
  }

  public ForecastSpec {
    SettingChecks.inRange(batchSize, 1, 65_536, "forecast.batchSize");
    SettingChecks.atLeast(minContext, 1, "forecast.minContext");
    SettingChecks.atLeast(staleAfter, 0, "forecast.staleAfter");
  }
}

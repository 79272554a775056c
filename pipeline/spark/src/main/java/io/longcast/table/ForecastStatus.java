package io.longcast.table;

import java.util.Locale;

/**
 * What a user must know of a forecast, or why there is none: column {@code status}. In the order of
 * gravity.
 */
public enum ForecastStatus {
  /** A forecast from a full and current context. */
  OK(true),
  /** A forecast from fewer steps than the model's context; the steps before are padding. */
  SHORT_CONTEXT(true),
  /** A forecast whose known covariates end before its horizon does; their last value stands in. */
  MISSING_KNOWN_COVARIATE(true),
  /** A forecast of a group some of whose series have none from its origin; they are not in it. */
  MISSING_MEMBERS(true),
  /** A forecast of a series that ended long before the others ({@code forecast.staleAfter}). */
  STALE(true),
  /** No forecast: fewer values than {@code forecast.minContext}. */
  TOO_SHORT(false),
  /** No forecast: the model gave no finite number. */
  NOT_FINITE(false),
  /** No forecast: cleaning left the series out, see the table {@code series_status}. */
  LEFT_OUT(false);

  private final boolean isForecast;

  ForecastStatus(boolean isForecast) {
    this.isForecast = isForecast;
  }

  /** Whether rows of this status hold a forecast. */
  public boolean isForecast() {
    return isForecast;
  }

  /** The word in the table. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

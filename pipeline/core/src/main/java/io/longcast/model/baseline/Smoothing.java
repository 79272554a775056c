package io.longcast.model.baseline;

/**
 * Exponential smoothing with additive errors and no season: simple, or with a damped trend where
 * the corrected Akaike criterion prefers it (Hyndman, Koehler, Ord and Snyder 2008, models ANN and
 * AAdN).
 *
 * @param trend whether the damped trend is considered at all
 */
record Smoothing(boolean trend) implements LocalModel {
  private static final int LEAST_FOR_TREND = 12;

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    SmoothingFit simple = SmoothingFit.simple(history);
    SmoothingFit chosen = simple;
    if (trend && history.length >= LEAST_FOR_TREND) {
      SmoothingFit damped = SmoothingFit.damped(history);
      chosen = damped.criterion() < simple.criterion() ? damped : simple;
    }
    return chosen.forecast(horizon);
  }
}

package io.longcast.model.baseline;

/** Damped-trend exponential smoothing; simple smoothing of histories too short for a trend. */
record Damped() implements LocalModel {
  private static final int LEAST_VALUES = 5;

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    SmoothingFit fit =
        history.length < LEAST_VALUES ? SmoothingFit.simple(history) : SmoothingFit.damped(history);
    return fit.forecast(horizon);
  }
}

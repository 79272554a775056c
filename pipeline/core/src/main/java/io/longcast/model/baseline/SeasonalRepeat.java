package io.longcast.model.baseline;

/**
 * The value one season ago, of the latest season known; with a season of 1 the last value. A
 * history shorter than a season repeats its last value.
 *
 * @param season steps, at least 1
 */
record SeasonalRepeat(int season) implements LocalModel {

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    int lag = history.length >= season ? season : 1;
    double sigma = Residuals.ofLag(history, lag);
    double[] point = new double[horizon];
    double[] spread = new double[horizon];
    for (int t = 0; t < horizon; t++) {
      point[t] = history[history.length - lag + t % lag];
      spread[t] = sigma * Math.sqrt(t / lag + 1.0);
    }
    return new LocalForecast(point, spread);
  }
}

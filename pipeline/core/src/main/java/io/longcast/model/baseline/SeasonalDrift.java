package io.longcast.model.baseline;

/**
 * The value one season ago plus the mean seasonal change for each season ahead; with a season of 1
 * the drift.
 *
 * @param season steps, at least 1
 */
record SeasonalDrift(int season) implements LocalModel {

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    int n = history.length;
    if (season == 1 || n <= season) {
      return new Drift().forecast(history, horizon);
    }
    double change = 0;
    for (int t = season; t < n; t++) {
      change += (history[t] - history[t - season]) / (n - season);
    }
    LocalForecast repeat = new SeasonalRepeat(season).forecast(history, horizon);
    for (int h = 0; h < horizon; h++) {
      repeat.point()[h] += (h / season + 1) * change;
    }
    return repeat;
  }
}

package io.longcast.model.baseline;

/**
 * Season times level: the history as a matrix of seasons by steps, approximated by the means of the
 * seasons times one shape, the mean of the newest seasons relative to their level. Levels go on by
 * exponential smoothing. Of rank one, as in the baselines of FLAIR-like models; for positive series
 * of at least three whole seasons, others are repeated by their season.
 *
 * @param season steps, at least 1
 */
record LevelShape(int season) implements LocalModel {
  private static final int LEAST_SEASONS = 3;
  private static final int NEWEST = 8;

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    int seasons = history.length / season;
    if (season == 1) {
      return new Smoothing(true).forecast(history, horizon);
    }
    if (seasons < LEAST_SEASONS || !isPositive(history)) {
      return new SeasonalRepeat(season).forecast(history, horizon);
    }
    int from = history.length - seasons * season;
    double[] level = new double[seasons];
    for (int t = from; t < history.length; t++) {
      level[(t - from) / season] += history[t] / season;
    }
    double[] shape = shape(history, from, level);
    int ahead = (horizon + season - 1) / season;
    LocalForecast levels = new Smoothing(true).forecast(level, ahead);
    double sigma = sigma(history, from, level, shape);
    double[] point = new double[horizon];
    double[] spread = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      double ofLevel = shape[h % season] * levels.spread()[h / season];
      point[h] = shape[h % season] * levels.point()[h / season];
      spread[h] = Math.sqrt(sigma * sigma + ofLevel * ofLevel);
    }
    return new LocalForecast(point, spread);
  }

  private static boolean isPositive(double[] history) {
    for (double value : history) {
      if (!(value > 0)) {
        return false;
      }
    }
    return true;
  }

  private double[] shape(double[] history, int from, double[] level) {
    int used = Math.min(NEWEST, level.length);
    double[] shape = new double[season];
    for (int k = level.length - used; k < level.length; k++) {
      for (int j = 0; j < season; j++) {
        shape[j] += history[from + k * season + j] / level[k] / used;
      }
    }
    return shape;
  }

  private double sigma(double[] history, int from, double[] level, double[] shape) {
    double squares = 0;
    for (int t = from; t < history.length; t++) {
      int k = (t - from) / season;
      double error = history[t] - level[k] * shape[(t - from) % season];
      squares += error * error;
    }
    return Math.sqrt(squares / (history.length - from));
  }
}

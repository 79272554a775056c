package io.longcast.model.baseline;

/**
 * Takes the season out, forecasts the rest, puts the season back. The season is a multiplicative
 * index by classical decomposition (ratio to a centred moving average of one season), used where
 * the autocorrelation at the seasonal lag is beyond its 90 % limit, the history has at least three
 * seasons and all values are positive: the rule of the M4 competition's Naive2, Theta and smoothing
 * benchmarks.
 *
 * @param season steps, at least 1
 * @param rest forecasts the adjusted series
 */
record SeasonalAdjustment(int season, LocalModel rest) implements LocalModel {
  private static final double NINETY_PERCENT = 1.645;
  private static final int LEAST_SEASONS = 3;

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    if (season == 1 || !isPositive(history) || !isSeasonal(history)) {
      return rest.forecast(history, horizon);
    }
    double[] index = index(history);
    double[] adjusted = new double[history.length];
    for (int t = 0; t < history.length; t++) {
      adjusted[t] = history[t] / index[t % season];
    }
    LocalForecast forecast = rest.forecast(adjusted, horizon);
    for (int t = 0; t < horizon; t++) {
      double factor = index[(history.length + t) % season];
      forecast.point()[t] *= factor;
      forecast.spread()[t] *= factor;
    }
    return forecast;
  }

  private static boolean isPositive(double[] history) {
    for (double value : history) {
      if (!(value > 0)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a history is long enough, and positive, for its season to be taken out. */
  boolean canAdjust(double[] history) {
    return history.length >= LEAST_SEASONS * season && isPositive(history);
  }

  boolean isSeasonal(double[] history) {
    int n = history.length;
    if (n < LEAST_SEASONS * season) {
      return false;
    }
    double[] centred = centred(history);
    double variance = covariance(centred, 0);
    double squares = 0;
    for (int lag = 1; lag < season; lag++) {
      double correlation = covariance(centred, lag) / variance;
      squares += correlation * correlation;
    }
    double limit = NINETY_PERCENT * Math.sqrt((1 + 2 * squares) / n);
    return variance > 0 && Math.abs(covariance(centred, season) / variance) > limit;
  }

  private static double[] centred(double[] history) {
    double mean = 0;
    for (double value : history) {
      mean += value / history.length;
    }
    double[] centred = new double[history.length];
    for (int t = 0; t < centred.length; t++) {
      centred[t] = history[t] - mean;
    }
    return centred;
  }

  private static double covariance(double[] centred, int lag) {
    double sum = 0;
    for (int t = lag; t < centred.length; t++) {
      sum += centred[t] * centred[t - lag];
    }
    return sum;
  }

  /** The seasonal index by phase from the first value, mean 1. */
  double[] index(double[] history) {
    double[] sums = new double[season];
    int[] counts = new int[season];
    int half = season / 2;
    for (int t = half; t + half < history.length; t++) {
      sums[t % season] += history[t] / movingAverage(history, t);
      counts[t % season]++;
    }
    double total = 0;
    for (int phase = 0; phase < season; phase++) {
      sums[phase] /= counts[phase];
      total += sums[phase];
    }
    for (int phase = 0; phase < season; phase++) {
      sums[phase] *= season / total;
    }
    return sums;
  }

  /** Mean over one season around {@code t}; an even season halves the two outer values. */
  double movingAverage(double[] history, int t) {
    int half = season / 2;
    double outer = season % 2 == 0 ? 0.5 : 1;
    double sum = outer * (history[t - half] + history[t + half]);
    for (int k = t - half + 1; k < t + half; k++) {
      sum += history[k];
    }
    return sum / season;
  }
}

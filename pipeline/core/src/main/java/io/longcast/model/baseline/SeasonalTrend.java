package io.longcast.model.baseline;

import java.util.Arrays;

/**
 * Decomposition into season, trend and rest by loess (Cleveland et al. 1990), without its outer,
 * robust loop.
 *
 * @param season steps, at least 2; the history holds at least two
 * @param seasonalWindow cycles that a value of the season is smoothed over, odd
 */
record SeasonalTrend(int season, int seasonalWindow) {
  private static final int INNER_LOOPS = 2;

  /** The season of each value. */
  double[] seasonOf(double[] y) {
    int n = y.length;
    double[] trend = new double[n];
    double[] seasonal = new double[n];
    for (int loop = 0; loop < INNER_LOOPS; loop++) {
      double[] cycles = cycles(difference(y, trend));
      double[] low = lowPass(cycles);
      for (int t = 0; t < n; t++) {
        seasonal[t] = cycles[t + season] - low[t];
      }
      trend = Loess.smooth(difference(y, seasonal), trendWindow());
    }
    return seasonal;
  }

  private int trendWindow() {
    return odd((int) Math.ceil(1.5 * season / (1 - 1.5 / seasonalWindow)));
  }

  private static int odd(int n) {
    return n % 2 == 0 ? n + 1 : n;
  }

  /** Each phase of the season smoothed over its cycles, one cycle longer at either end. */
  private double[] cycles(double[] y) {
    double[] smoothed = new double[y.length + 2 * season];
    for (int phase = 0; phase < season; phase++) {
      double[] values = new double[(y.length - phase + season - 1) / season];
      for (int k = 0; k < values.length; k++) {
        values[k] = y[phase + k * season];
      }
      for (int k = -1; k <= values.length; k++) {
        smoothed[phase + (k + 1) * season] = Loess.at(values, k, seasonalWindow);
      }
    }
    return smoothed;
  }

  private double[] lowPass(double[] cycles) {
    double[] means = movingMeans(movingMeans(movingMeans(cycles, season), season), 3);
    return Loess.smooth(means, odd(season));
  }

  private static double[] movingMeans(double[] y, int width) {
    double[] means = new double[y.length - width + 1];
    double sum = Arrays.stream(y, 0, width).sum();
    means[0] = sum / width;
    for (int t = 1; t < means.length; t++) {
      sum += y[t + width - 1] - y[t - 1];
      means[t] = sum / width;
    }
    return means;
  }

  private static double[] difference(double[] y, double[] less) {
    double[] difference = new double[y.length];
    for (int t = 0; t < y.length; t++) {
      difference[t] = y[t] - less[t];
    }
    return difference;
  }
}

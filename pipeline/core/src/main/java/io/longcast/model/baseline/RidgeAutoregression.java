package io.longcast.model.baseline;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A linear model of the context: x_t on an intercept and the lags 1, 2, 3, m - 1, m, m + 1, 2m
 * (those that leave at least three rows a weight), by ridge regression in closed form on the
 * standardised context, rolled forward over the horizon. Forecasts are held within one range of the
 * context beyond its ends, because a rolled autoregression can explode.
 *
 * @param season steps, at least 1
 */
record RidgeAutoregression(int season) implements LocalModel {
  private static final double RIDGE = 1e-3;
  private static final int ROWS_A_WEIGHT = 3;

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    int[] lags = lags(history.length);
    double mean = Arrays.stream(history).average().orElseThrow();
    double deviation =
        Math.sqrt(Arrays.stream(history).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
    if (lags.length == 0 || deviation == 0) {
      return new SeasonalRepeat(1).forecast(history, horizon);
    }
    double[] z = Arrays.stream(history).map(x -> (x - mean) / deviation).toArray();
    double[] weights = fit(z, lags);
    double low = Arrays.stream(z).min().orElseThrow();
    double high = Arrays.stream(z).max().orElseThrow();
    double[] rolled = Arrays.copyOf(z, z.length + horizon);
    double[] response = new double[horizon];
    LocalForecast forecast = new LocalForecast(new double[horizon], new double[horizon]);
    double sigma = deviation * residual(z, lags, weights);
    double variance = 0;
    for (int h = 0; h < horizon; h++) {
      double next = predict(rolled, z.length + h, lags, weights);
      rolled[z.length + h] = Math.max(2 * low - high, Math.min(2 * high - low, next));
      response[h] = h == 0 ? 1 : Math.max(-1e3, Math.min(1e3, respond(response, h, lags, weights)));
      variance += response[h] * response[h];
      forecast.point()[h] = mean + deviation * rolled[z.length + h];
      forecast.spread()[h] = sigma * Math.sqrt(variance);
    }
    return forecast;
  }

  private int[] lags(int length) {
    int[] all =
        season > 4
            ? new int[] {1, 2, 3, season - 1, season, season + 1, 2 * season}
            : new int[] {1, 2, 3, 4};
    int[] usable = IntStream.of(all).filter(lag -> length - lag >= ROWS_A_WEIGHT * 9).toArray();
    return usable;
  }

  private static double predict(double[] z, int t, int[] lags, double[] weights) {
    double sum = weights[lags.length];
    for (int k = 0; k < lags.length; k++) {
      sum += weights[k] * z[t - lags[k]];
    }
    return sum;
  }

  private static double respond(double[] response, int h, int[] lags, double[] weights) {
    double sum = 0;
    for (int k = 0; k < lags.length; k++) {
      sum += lags[k] <= h ? weights[k] * response[h - lags[k]] : 0;
    }
    return sum;
  }

  private static double residual(double[] z, int[] lags, double[] weights) {
    int first = lags[lags.length - 1];
    double sum = 0;
    for (int t = first; t < z.length; t++) {
      double error = z[t] - predict(z, t, lags, weights);
      sum += error * error;
    }
    return Math.sqrt(sum / (z.length - first));
  }

  /** Weights of the lags, then the intercept. */
  private static double[] fit(double[] z, int[] lags) {
    int n = lags.length + 1;
    int first = lags[lags.length - 1];
    double[][] system = new double[n][n + 1];
    double[] row = new double[n + 1];
    row[n - 1] = 1;
    for (int t = first; t < z.length; t++) {
      for (int k = 0; k < lags.length; k++) {
        row[k] = z[t - lags[k]];
      }
      row[n] = z[t];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= n; j++) {
          system[i][j] += row[i] * row[j];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      system[i][i] += RIDGE * (z.length - first);
    }
    return LinearSystem.solve(system);
  }
}

package io.longcast.model.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * MSTL (Bandara, Hyndman and Bergmeir 2021): takes one or two seasons out by repeated
 * decomposition, forecasts the rest by smoothing, and repeats the last season. Where the season is
 * a day of a usual grid and the history holds two weeks, the week is the second.
 *
 * @param season steps, at least 1
 */
record MultipleSeasonalTrend(int season) implements LocalModel {
  private static final int[] DAYS = {24, 48, 96, 144, 288};
  private static final int ITERATIONS = 2;

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    List<Integer> seasons = seasons(history.length);
    double[][] found = new double[seasons.size()][history.length];
    double[] rest = history.clone();
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      for (int s = 0; s < found.length; s++) {
        add(rest, 1, found[s]);
        found[s] = new SeasonalTrend(seasons.get(s), 11 + 4 * s).seasonOf(rest);
        add(rest, -1, found[s]);
      }
    }
    LocalForecast forecast = new Smoothing(true).forecast(rest, horizon);
    for (int s = 0; s < found.length; s++) {
      for (int t = 0; t < horizon; t++) {
        int lag = seasons.get(s);
        forecast.point()[t] += found[s][history.length - lag + t % lag];
      }
    }
    return forecast;
  }

  private List<Integer> seasons(int length) {
    List<Integer> seasons = new ArrayList<>();
    if (season > 1 && length > 2 * season) {
      seasons.add(season);
      boolean day = Arrays.stream(DAYS).anyMatch(steps -> steps == season);
      if (day && length > 2 * 7 * season) {
        seasons.add(7 * season);
      }
    }
    return seasons;
  }

  private static void add(double[] to, double factor, double[] from) {
    for (int t = 0; t < to.length; t++) {
      to[t] += factor * from[t];
    }
  }
}

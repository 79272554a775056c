package io.longcast.model.baseline;

import io.longcast.model.baseline.StateSpaceSmoothing.Fit;
import io.longcast.model.baseline.StateSpaceSmoothing.InitialStates;
import io.longcast.model.baseline.StateSpaceSmoothing.Season;
import io.longcast.model.baseline.StateSpaceSmoothing.Trend;
import java.util.Arrays;

/**
 * Exponential smoothing with automatic choice among error, trend and season by the corrected Akaike
 * criterion (Hyndman et al. 2008; multiplicative trends and additive errors with a multiplicative
 * season are left out, as usual). First seasonal states come from classical decomposition and are
 * not searched.
 *
 * @param season steps, at least 1
 */
record AutoSmoothing(int season) implements LocalModel {
  private static final int LEAST_SEASONS = 3;
  private static final int LEAST_VALUES = 5;
  private static final int FIRST = 10;

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    if (history.length < LEAST_VALUES || Residuals.ofLag(history, 1) == 0) {
      return new SeasonalRepeat(1).forecast(history, horizon);
    }
    boolean positive = Arrays.stream(history).allMatch(value -> value > 0);
    boolean seasonal = season > 1 && history.length >= LEAST_SEASONS * season;
    Fit best = null;
    for (Season kind : Season.values()) {
      if (kind != Season.NONE && !seasonal || kind == Season.MULTIPLICATIVE && !positive) {
        continue;
      }
      InitialStates initial = initial(history, kind);
      for (Trend trend : Trend.values()) {
        best = better(best, history, initial, new StateSpaceSmoothing(true, trend, kind), positive);
        best =
            better(
                best,
                history,
                initial,
                new StateSpaceSmoothing(false, trend, kind),
                kind != Season.MULTIPLICATIVE);
      }
    }
    return best.forecast(horizon);
  }

  private static Fit better(
      Fit best,
      double[] history,
      InitialStates initial,
      StateSpaceSmoothing model,
      boolean possible) {
    if (!possible) {
      return best;
    }
    Fit fit = model.fit(history, initial);
    return best == null || fit.criterion() < best.criterion() ? fit : best;
  }

  private InitialStates initial(double[] history, Season kind) {
    double[] cycle = new double[kind == Season.NONE ? 0 : season];
    double[] rest = history.clone();
    if (kind == Season.MULTIPLICATIVE) {
      cycle = new SeasonalAdjustment(season, null).index(history);
    } else if (kind == Season.ADDITIVE) {
      cycle = differences(history);
    }
    for (int t = 0; cycle.length > 0 && t < rest.length; t++) {
      double s = cycle[t % season];
      rest[t] = kind == Season.MULTIPLICATIVE ? rest[t] / s : rest[t] - s;
    }
    int n = Math.min(rest.length, Math.max(FIRST, cycle.length));
    double mean = 0;
    for (int t = 0; t < n; t++) {
      mean += rest[t] / n;
    }
    double slope = 0;
    double squares = 0;
    for (int t = 0; t < n; t++) {
      double time = t - 0.5 * (n - 1);
      slope += time * rest[t];
      squares += time * time;
    }
    slope /= squares;
    return new InitialStates(mean - slope * 0.5 * (n + 1), slope, cycle);
  }

  /** Mean difference to a centred moving average of one season by phase, summing up to 0. */
  private double[] differences(double[] history) {
    double[] sums = new double[season];
    int[] counts = new int[season];
    int half = season / 2;
    SeasonalAdjustment averages = new SeasonalAdjustment(season, null);
    for (int t = half; t + half < history.length; t++) {
      sums[t % season] += history[t] - averages.movingAverage(history, t);
      counts[t % season]++;
    }
    double total = 0;
    for (int phase = 0; phase < season; phase++) {
      sums[phase] /= counts[phase];
      total += sums[phase];
    }
    for (int phase = 0; phase < season; phase++) {
      sums[phase] -= total / season;
    }
    return sums;
  }
}

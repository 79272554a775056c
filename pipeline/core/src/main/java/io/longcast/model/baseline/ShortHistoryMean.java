package io.longcast.model.baseline;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.model.zero.season.SeasonDetector;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;

/**
 * A forecaster whose medians are, for short histories, replaced by the mean with those of
 * damped-trend smoothing and the dynamic Theta model; quantiles move along. Left alone are
 * histories with a season that these two do not take out.
 */
final class ShortHistoryMean implements WindowForecaster {
  private static final int SHORTEST = 6;
  private static final int LONGEST = 250;

  private final WindowForecaster network;
  private final int season;
  private final List<SeasonalAdjustment> local;
  private final SeasonDetector detector = new SeasonDetector();

  /**
   * @param network closed with this
   * @param season steps of one season, 1 for none
   */
  ShortHistoryMean(WindowForecaster network, int season) {
    this.network = network;
    this.season = season;
    local =
        List.of(
            new SeasonalAdjustment(season, new Damped()),
            new SeasonalAdjustment(season, new OptimisedTheta(true)));
  }

  @Override
  public String name() {
    return network.name();
  }

  @Override
  public List<Double> quantileLevels() {
    return network.quantileLevels();
  }

  @Override
  public void forecast(WindowBatch windows, ForecastBatch forecasts) {
    network.forecast(windows, forecasts);
    for (int i = 0; i < windows.size(); i++) {
      int length = windows.historyLength(i);
      if (length >= SHORTEST && length <= LONGEST) {
        double[] history = windows.history(i);
        if (fits(history, windows.historyObserved(i))) {
          average(history, windows.offset(i), forecasts, i);
        }
      }
    }
  }

  private boolean fits(double[] history, boolean[] observed) {
    return season == 1
        ? detector.detect(history, observed).first() == 0
        : local.get(0).canAdjust(history);
  }

  private void average(double[] history, double offset, ForecastBatch into, int i) {
    double least = Arrays.stream(history).min().orElse(0);
    double floor = least >= 0 ? -offset : Double.NEGATIVE_INFINITY;
    double[] move = new double[into.wanted()];
    for (LocalModel model : local) {
      double[] points = model.forecast(history, into.horizon()).point();
      for (int t = 0; t < move.length; t++) {
        move[t] += (points[t] - offset - into.point(i, t)) / (local.size() + 1);
      }
    }
    for (int t = 0; t < move.length; t++) {
      if (Double.isFinite(move[t])) {
        move(into, i * into.horizon() + t, move[t], floor);
      }
    }
  }

  private static void move(ForecastBatch into, int at, double by, double floor) {
    into.point()[at] = (float) Math.max(floor, into.point()[at] + by);
    for (int q = at * into.levels(); q < (at + 1) * into.levels(); q++) {
      into.quantiles()[q] = (float) Math.max(floor, into.quantiles()[q] + by);
    }
  }

  @Override
  public void close() {
    network.close();
  }
}

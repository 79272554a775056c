package io.longcast.model.combination;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.window.WindowBatch;
import java.util.List;

/** The weighted mean of forecasters that forecast the same quantile levels. */
final class CombinedForecaster implements WindowForecaster {
  private final List<WindowForecaster> members;
  private final List<Double> weights;
  private final List<Double> levels;

  /**
   * @param members closed with the combination
   * @param weights one each, sum 1
   */
  CombinedForecaster(List<WindowForecaster> members, List<Double> weights, List<Double> levels) {
    this.members = members;
    this.weights = weights;
    this.levels = levels;
  }

  @Override
  public String name() {
    return "combination";
  }

  @Override
  public List<Double> quantileLevels() {
    return levels;
  }

  @Override
  public void forecast(WindowBatch windows, ForecastBatch forecasts) {
    int levels = forecasts.levels();
    double[] points = new double[windows.size() * forecasts.horizon()];
    double[] quantiles = new double[points.length * levels];
    ForecastBatch own =
        new ForecastBatch(forecasts.capacity(), forecasts.horizon(), levels, forecasts.wanted());
    for (int m = 0; m < members.size(); m++) {
      members.get(m).forecast(windows, own);
      add(points, weights.get(m), own.point());
      add(quantiles, weights.get(m), own.quantiles());
    }
    copy(points, forecasts.point());
    copy(quantiles, forecasts.quantiles());
  }

  private static void add(double[] to, double weight, float[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += weight * from[i];
    }
  }

  private static void copy(double[] from, float[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = (float) from[i];
    }
  }

  @Override
  public void close() {
    members.forEach(WindowForecaster::close);
  }
}

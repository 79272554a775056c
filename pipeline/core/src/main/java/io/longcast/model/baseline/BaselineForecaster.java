package io.longcast.model.baseline;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.series.NormalDistribution;
import io.longcast.window.WindowBatch;
import java.util.List;

/** Forecasts each window by a local rule on its context, without the left padding. */
final class BaselineForecaster implements WindowForecaster {
  private final String name;
  private final LocalModel model;
  private final List<Double> levels;
  private final double[] deviates;

  BaselineForecaster(String name, LocalModel model, List<Double> levels) {
    this.name = name;
    this.model = model;
    this.levels = List.copyOf(levels);
    deviates = levels.stream().mapToDouble(NormalDistribution::quantile).toArray();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Double> quantileLevels() {
    return levels;
  }

  @Override
  public void forecast(WindowBatch windows, ForecastBatch forecasts) {
    for (int i = 0; i < windows.size(); i++) {
      LocalForecast forecast = model.forecast(windows.history(i), windows.horizon());
      write(forecast, windows.offset(i), forecasts, i);
    }
  }

  private void write(LocalForecast forecast, double offset, ForecastBatch into, int i) {
    for (int t = 0; t < into.horizon(); t++) {
      int at = i * into.horizon() + t;
      double point = forecast.point()[t] - offset;
      into.point()[at] = (float) point;
      for (int q = 0; q < deviates.length; q++) {
        into.quantiles()[at * deviates.length + q] =
            (float) (point + deviates[q] * forecast.spread()[t]);
      }
    }
  }
}

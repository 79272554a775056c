package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.scale.Scale;
import io.longcast.scale.ScalingSpec;
import io.longcast.scale.WindowScaler;
import io.longcast.window.WindowBatch;
import java.util.List;

/** Point forecasts with the quantiles of {@link ResidualQuantiles} around them. */
final class ResidualForecaster implements WindowForecaster {
  private final WindowForecaster points;
  private final ResidualQuantiles quantiles;
  private final ScalingSpec scaling;
  private final int season;
  private final Scale scale = new Scale();
  private WindowScaler scaler;
  private float[] scaled = new float[0];

  /**
   * @param points closed with this
   * @param season steps of one season, 1 for none
   */
  ResidualForecaster(
      WindowForecaster points, ResidualQuantiles quantiles, ScalingSpec scaling, int season) {
    this.points = points;
    this.quantiles = quantiles;
    this.scaling = scaling;
    this.season = season;
  }

  @Override
  public String name() {
    return points.name();
  }

  @Override
  public List<Double> quantileLevels() {
    return quantiles.levels();
  }

  @Override
  public void forecast(WindowBatch windows, ForecastBatch forecasts) {
    points.forecast(windows, forecasts);
    if (forecasts.levels() == 0) {
      return;
    }
    for (int i = 0; i < windows.size(); i++) {
      fit(windows, i);
      for (int t = 0; t < forecasts.wanted(); t++) {
        add(forecasts, i * forecasts.horizon() + t, t);
      }
    }
  }

  private void add(ForecastBatch forecasts, int at, int t) {
    float point = forecasts.point()[at];
    double z = scale.scaled(point);
    for (int q = 0; q < forecasts.levels(); q++) {
      double offset = quantiles.offset(t, q);
      forecasts.quantiles()[at * forecasts.levels() + q] =
          offset == 0 ? point : scale.raw(z + offset);
    }
  }

  private void fit(WindowBatch windows, int i) {
    int context = windows.contextLength();
    if (scaler == null) {
      scaler = new WindowScaler(scaling, season, context);
    }
    if (scaled.length < windows.context().length) {
      scaled = new float[windows.context().length];
    }
    scaler.fit(windows.context(), windows.contextObserved(), i * context, scale, scaled);
  }

  @Override
  public void close() {
    points.close();
  }
}

package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.window.WindowBatch;
import java.util.List;

/**
 * A forecaster whose quantiles are corrected.
 *
 * @param inner closed with this one
 * @param calibration of its levels
 */
public record CalibratedForecaster(WindowForecaster inner, IntervalCalibration calibration)
    implements WindowForecaster {

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public List<Double> quantileLevels() {
    return inner.quantileLevels();
  }

  @Override
  public void forecast(WindowBatch windows, ForecastBatch forecasts) {
    inner.forecast(windows, forecasts);
    calibration.apply(windows, forecasts);
  }

  @Override
  public void close() {
    inner.close();
  }
}

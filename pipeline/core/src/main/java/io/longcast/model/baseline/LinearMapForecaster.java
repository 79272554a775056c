package io.longcast.model.baseline;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.window.WindowBatch;
import java.util.List;

/** Forecasts by one linear map of the context; points alone. */
final class LinearMapForecaster implements WindowForecaster {
  private final String name;
  private final boolean fromLast;
  private final float[][] weights;

  /**
   * @param fromLast whether the last value of the context is subtracted first and added at the end
   * @param weights {@code [horizon, contextLength + 1]}, the intercept last
   */
  LinearMapForecaster(String name, boolean fromLast, double[][] weights) {
    this.name = name;
    this.fromLast = fromLast;
    this.weights = new float[weights.length][];
    for (int t = 0; t < weights.length; t++) {
      this.weights[t] = new float[weights[t].length];
      for (int i = 0; i < weights[t].length; i++) {
        this.weights[t][i] = (float) weights[t][i];
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Double> quantileLevels() {
    return List.of();
  }

  @Override
  public void forecast(WindowBatch windows, ForecastBatch forecasts) {
    int length = windows.contextLength();
    for (int i = 0; i < windows.size(); i++) {
      int from = i * length;
      float last = fromLast ? windows.context()[from + length - 1] : (float) -windows.offset(i);
      for (int t = 0; t < windows.horizon(); t++) {
        float sum = weights[t][length] + last;
        for (int j = 0; j < length; j++) {
          sum += weights[t][j] * (windows.context()[from + j] - last);
        }
        forecasts.point()[i * windows.horizon() + t] = sum;
      }
    }
  }
}

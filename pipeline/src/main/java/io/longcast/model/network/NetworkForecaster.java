package io.longcast.model.network;

import io.longcast.model.ForecastBatch;
import io.longcast.model.Forecaster;
import io.longcast.window.WindowBatch;
import java.util.List;

/** A trained network behind the common interface. */
public final class NetworkForecaster implements Forecaster {
  private final ForecastNetwork network;
  private final float[] parameters;

  /**
   * @param network the network; not shared with others
   * @param parameters its trained parameters, copied
   */
  public NetworkForecaster(ForecastNetwork network, float[] parameters) {
    if (parameters.length != network.layout().length()) {
      throw new IllegalArgumentException(
          "the network has "
              + network.layout().length()
              + " parameters, found "
              + parameters.length);
    }
    this.network = network;
    this.parameters = parameters.clone();
  }

  @Override
  public String name() {
    return "network";
  }

  @Override
  public List<Double> quantileLevels() {
    return network.quantileLevels();
  }

  @Override
  public void forecast(WindowBatch windows, ForecastBatch forecasts) {
    network.forecast(windows, parameters, forecasts);
  }

  @Override
  public void close() {
    network.close();
  }
}

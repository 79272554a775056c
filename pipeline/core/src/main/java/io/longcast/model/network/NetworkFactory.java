package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkDefinition;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;

/**
 * The built-in forecasting network.
 *
 * @param model a resolved spec
 * @param inputs what the windows bring
 */
public record NetworkFactory(ModelSpec model, NetworkInputs inputs) implements NetworkDefinition {
  private static final long serialVersionUID = 1L;

  @Override
  public Trainable open() {
    return new NetworkTrainable(new ForecastNetwork(model, inputs));
  }

  @Override
  public int parameters() {
    try (ForecastNetwork network = new ForecastNetwork(model, inputs)) {
      return network.layout().length();
    }
  }

  @Override
  public NetworkForecaster forecaster(float[] parameters) {
    return new NetworkForecaster(new ForecastNetwork(model, inputs), parameters);
  }
}

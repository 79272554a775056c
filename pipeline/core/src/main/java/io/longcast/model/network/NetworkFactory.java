package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.TrainableFactory;

/**
 * Opens replicas of the forecasting network.
 *
 * @param model a resolved spec
 * @param inputs what the windows bring
 */
public record NetworkFactory(ModelSpec model, NetworkInputs inputs) implements TrainableFactory {
  private static final long serialVersionUID = 1L;

  @Override
  public Trainable open() {
    return new NetworkTrainable(new ForecastNetwork(model, inputs));
  }

  /** Number of parameters. */
  public int parameters() {
    try (ForecastNetwork network = new ForecastNetwork(model, inputs)) {
      return network.layout().length();
    }
  }

  /** A forecaster with trained parameters; those of an ensemble member after member. */
  public NetworkForecaster forecaster(float[] parameters) {
    return new NetworkForecaster(new ForecastNetwork(model, inputs), parameters);
  }
}

package io.longcast.model.zero;

import io.longcast.model.Forecaster;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.recurrent.Numerics;

/**
 * The pretrained network with its options; opens forecasters.
 *
 * @param weights of the network
 * @param options how it forecasts
 */
public record ZeroModel(ZeroWeights weights, ZeroOptions options) implements ForecasterFactory {

  @Override
  public Forecaster open() {
    return new ZeroForecaster(weights, options, Numerics.open());
  }
}

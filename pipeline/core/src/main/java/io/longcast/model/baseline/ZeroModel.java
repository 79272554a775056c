package io.longcast.model.baseline;

import io.longcast.model.ForecasterFactory;
import io.longcast.model.WindowForecaster;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.zero.ZeroForecaster;
import io.longcast.model.zero.ZeroOptions;
import io.longcast.model.zero.ZeroWeights;

/**
 * The pretrained network with its options; opens forecasters. Short histories are forecast by the
 * mean of the network and two local models ({@link ShortHistoryMean}).
 *
 * @param weights of the network
 * @param options how it forecasts
 */
public record ZeroModel(ZeroWeights weights, ZeroOptions options) implements ForecasterFactory {

  @Override
  public WindowForecaster open() {
    ZeroForecaster network = new ZeroForecaster(weights, options, Numerics.open());
    return new ShortHistoryMean(network, Math.max(1, options.declaredFirst()));
  }
}

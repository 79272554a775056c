package io.longcast.model.zero.tuning;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkDefinition;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.WindowForecaster;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.zero.ZeroForecaster;
import io.longcast.model.zero.ZeroOptions;
import io.longcast.model.zero.ZeroWeights;
import io.longcast.model.zero.network.ZeroNetwork;
import io.longcast.model.zero.network.ZeroShape;
import java.util.List;

/**
 * The pretrained network as one that can be trained further. It reads the values of a window and
 * none of its covariates.
 *
 * @param model of which it takes {@code seasonalPeriod}, {@code updater} and {@code
 *     output.quantileLevels}
 * @param inputs what the windows bring
 * @param shape sizes of the network
 */
public record ZeroDefinition(ModelSpec model, NetworkInputs inputs, ZeroShape shape)
    implements NetworkDefinition {
  private static final long serialVersionUID = 1L;

  /** With the weights of the jar at the start. */
  public static ZeroDefinition builtIn(ModelSpec model, NetworkInputs inputs) {
    return new ZeroDefinition(model, inputs, ZeroWeights.builtIn().shape());
  }

  @Override
  public Trainable open() {
    return new ZeroTrainable(this);
  }

  @Override
  public int parameters() {
    return ZeroNetwork.parameters(shape);
  }

  ZeroOptions options() {
    return ZeroOptions.of(model.output().quantileLevels(), List.of(model.seasonalPeriod()));
  }

  @Override
  public WindowForecaster forecaster(float[] parameters) {
    return new ZeroForecaster(new ZeroWeights(shape, parameters), options(), Numerics.open());
  }
}

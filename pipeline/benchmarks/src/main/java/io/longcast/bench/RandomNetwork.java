package io.longcast.bench;

import io.longcast.model.ForecasterFactory;
import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.NetworkFactory;
import io.longcast.scale.ScalingSpec;
import io.longcast.scale.Transform;
import io.longcast.window.WindowSpec;
import java.util.List;
import java.util.SplittableRandom;

/** A network with random parameters: what a forecast costs does not depend on them. */
final class RandomNetwork {
  private RandomNetwork() {}

  /**
   * A forecaster whose season is the horizon.
   *
   * @param model with what is open decided here: no transform, no other season
   */
  static ForecasterFactory of(ModelSpec model, int hiddenSize, WindowSpec window) {
    NetworkFactory network =
        new NetworkFactory(
            closed(model, hiddenSize, window),
            NetworkInputs.of(window.contextLength(), window.horizon()));
    float[] parameters = parameters(network);
    return () -> network.forecaster(parameters);
  }

  /** Small random numbers. */
  private static float[] parameters(NetworkFactory network) {
    SplittableRandom random = new SplittableRandom(1);
    float[] parameters = new float[network.parameters()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (.1 * (random.nextDouble() - .5));
    }
    return parameters;
  }

  private static ModelSpec closed(ModelSpec open, int hiddenSize, WindowSpec window) {
    int season = window.horizon();
    ScalingSpec scaling = open.scaling();
    return new ModelSpec(
        open.shape(),
        open.cell(),
        hiddenSize,
        open.layers(),
        open.dropout(),
        season,
        season,
        new ScalingSpec(
            Transform.NONE,
            scaling.level(),
            scaling.spread(),
            scaling.clamp(),
            scaling.statistics()),
        new ModelSpec.Skip(open.skip().enabled(), List.of(1)),
        new ModelSpec.Gate(window.contextLength() / season),
        open.convolution(),
        open.statics(),
        open.output(),
        open.decoder(),
        open.updater());
  }
}

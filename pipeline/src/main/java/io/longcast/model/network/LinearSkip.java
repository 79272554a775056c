package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.ParameterLayout.Slice;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A linear map from the whole scaled context to the forecast. It starts as the mean of a few
 * seasonal naive forecasts (each lag's newest multiple that the context holds), or at zero without
 * a season.
 */
final class LinearSkip implements Part {
  private final int contextLength;
  private final int horizon;
  private final int season;
  private final List<Integer> seasons;
  private final Slice weight;
  private final Slice bias;

  LinearSkip(ModelSpec model, NetworkInputs inputs, ParameterLayout.Builder layout) {
    contextLength = inputs.contextLength();
    horizon = inputs.horizon();
    season = model.seasonalPeriod();
    seasons = model.skip().seasons();
    weight = layout.add("skip.W", contextLength, horizon);
    bias = layout.add("skip.b", 1, horizon);
  }

  @Override
  public void initialize(float[] parameters, RandomGenerator random) {
    if (season == 1) {
      return;
    }
    for (int multiple : seasons) {
      int lag = multiple * season;
      for (int t = 0; t < horizon && lag <= contextLength; t++) {
        int step = contextLength + t - lag * (t / lag + 1);
        parameters[weight.offset() + step * horizon + t] += 1f / seasons.size();
      }
    }
  }

  @Override
  public void forward(Tape tape, float[] parameters) {
    Dense.addBias(tape.size, horizon, parameters, bias.offset(), tape.point);
    Dense.forward(
        tape.size,
        contextLength,
        horizon,
        tape.scaled.context,
        parameters,
        weight.offset(),
        tape.point);
  }

  @Override
  public void backward(Tape tape, float[] parameters, float[] gradient) {
    Dense.biasGradient(tape.size, horizon, tape.dPoint, gradient, bias.offset());
    Dense.weightGradient(
        tape.size,
        contextLength,
        horizon,
        tape.scaled.context,
        tape.dPoint,
        gradient,
        weight.offset());
  }
}

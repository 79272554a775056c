package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A linear map from the whole scaled context to the forecast. It starts as the mean of a few
 * seasonal naive forecasts (each lag's newest multiple that the context holds), or at zero without
 * a season.
 */
final class LinearSkip implements ForecastComponent {
  private final int season;
  private final List<Integer> seasons;
  private final LinearMap map;

  LinearSkip(ModelSpec model, NetworkInputs inputs, ParameterLayout.Builder layout) {
    season = model.seasonalPeriod();
    seasons = model.skip().seasons();
    map = new LinearMap("skip", inputs.contextLength(), inputs.horizon(), layout);
  }

  @Override
  public void initialize(float[] parameters, RandomGenerator random) {
    if (season == 1) {
      return;
    }
    for (int multiple : seasons) {
      int lag = multiple * season;
      for (int t = 0; t < map.outputs && lag <= map.inputs; t++) {
        int step = map.inputs + t - lag * (t / lag + 1);
        parameters[map.weight.offset() + step * map.outputs + t] += 1f / seasons.size();
      }
    }
  }

  @Override
  public void forward(Tape tape, float[] parameters) {
    float[] context = tape.scaled.context;
    map.forward(tape.product, tape.size, tape.wanted, context, parameters, tape.point);
  }

  @Override
  public void backward(Tape tape, float[] parameters, float[] gradient) {
    map.backward(tape.product, tape.size, tape.scaled.context, tape.dPoint, gradient);
  }
}

package io.longcast.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ForecastBatch;
import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.scale.Transform;
import io.longcast.window.WindowBatch;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same network forecasts the same in other units, and from another zero. */
class EquivarianceTest {
  private static final NetworkInputs INPUTS = NetworkInputs.of(28, 4);

  private static float[] parameters(ForecastNetwork network) {
    float[] parameters = new float[network.layout().length()];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (.3 * random.nextGaussian());
    }
    return parameters;
  }

  private static ForecastBatch forecast(Transform transform, double factor, double offset) {
    ModelSpec recipe = Specs.recipe(2, 8, Specs.LEVELS, true);
    ModelSpec spec =
        new ModelSpec(
            recipe.shape(),
            recipe.cell(),
            8,
            1,
            0,
            2,
            2,
            recipe.scaling().with(transform),
            recipe.skip(),
            recipe.gate(),
            recipe.convolution(),
            recipe.statics(),
            recipe.output(),
            recipe.decoder(),
            recipe.updater());
    WindowBatch batch = Windows.random(INPUTS, 6, 11);
    for (int j = 0; j < batch.context().length; j++) {
      batch.context()[j] = (float) (factor * (batch.context()[j] + offset));
    }
    ForecastBatch found = new ForecastBatch(6, INPUTS.horizon(), Specs.LEVELS.size());
    try (ForecastNetwork network = new ForecastNetwork(spec, INPUTS)) {
      network.forecast(batch, parameters(network), found);
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({"NONE,1e-6", "NONE,1e6", "LOG,1e-6", "LOG,1e6", "ASINH,1e-6", "ASINH,1e6"})
  void followsTheUnit(Transform transform, double factor) {
    ForecastBatch plain = forecast(transform, 1, 0);
    ForecastBatch scaled = forecast(transform, factor, 0);
    for (int at = 0; at < plain.point().length; at++) {
      float expected = plain.point()[at];
      assertThat(scaled.point()[at] / (float) factor)
          .isCloseTo(expected, within(2e-3f * Math.abs(expected) + 1e-4f));
    }
    for (int at = 0; at < plain.quantiles().length; at++) {
      float expected = plain.quantiles()[at];
      assertThat(scaled.quantiles()[at] / (float) factor)
          .isCloseTo(expected, within(2e-3f * Math.abs(expected) + 1e-4f));
    }
  }

  @Test
  void followsTheZero() {
    ForecastBatch plain = forecast(Transform.NONE, 1, 0);
    ForecastBatch moved = forecast(Transform.NONE, 1, 100);
    for (int at = 0; at < plain.point().length; at++) {
      assertThat(moved.point()[at] - 100).isCloseTo(plain.point()[at], within(2e-2f));
    }
    assertThat(plain.point(0, 0)).isNotCloseTo(plain.point(1, 0), within(1e-2f));
  }
}

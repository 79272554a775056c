package io.longcast.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ForecastBatch;
import io.longcast.model.ModelOutput;
import io.longcast.model.ModelOutput.Loss;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Cell;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a forecast is made of sums to the forecast, bit for bit. */
class CompositionTest {
  private static final NetworkInputs INPUTS = NetworkInputs.of(56, 8);
  private static final NetworkInputs KNOWN = new NetworkInputs(56, 8, 0, 1, 1, List.of());
  private static final ModelSpec RECIPE = Specs.recipe(4, 16, Specs.LEVELS, true);

  @Test
  void sumsToTheForecast() {
    try (NetworkForecaster network = network(RECIPE, INPUTS, 1)) {
      assertThat(network.parts()).containsExactly("skip", "season", "recurrent");
      assertSums(network, INPUTS);
    }
  }

  @Test
  void sumsToTheForecastOfAnEnsembleWithCovariates() {
    try (NetworkForecaster network = network(RECIPE, KNOWN, 3)) {
      assertThat(network.parts()).containsExactly("skip", "season", "covariates", "recurrent");
      assertSums(network, KNOWN);
    }
  }

  @Test
  void sumsToTheForecastOfADecoder() {
    try (NetworkForecaster network = network(Specs.plain(Shape.SEQ2SEQ, Cell.GRU, 8), INPUTS, 1)) {
      assertThat(network.parts()).containsExactly("recurrent");
      assertSums(network, INPUTS);
    }
  }

  /** With a linear scale and no other part, the skip is a linear map of the context. */
  @Test
  void givesEachPartItsOwnShare() {
    try (NetworkForecaster network = network(RECIPE, INPUTS, 1)) {
      float[] parameters = parameters(RECIPE, INPUTS, 1);
      ParameterLayout layout = new ForecastNetwork(RECIPE, INPUTS).layout();
      layout.slices().stream()
          .filter(slice -> slice.name().startsWith("skip"))
          .forEach(
              slice -> Arrays.fill(parameters, slice.offset(), slice.offset() + slice.length(), 0));
      WindowBatch windows = Windows.random(INPUTS, 4, 9);
      try (NetworkForecaster without =
          new NetworkForecaster(new ForecastNetwork(RECIPE, INPUTS), parameters)) {
        assertThat(without.composition(windows)[1])
            .as("a skip of zeros adds nothing")
            .isEqualTo(without.composition(windows)[0]);
      }
      assertThat(network.composition(windows)[1]).isNotEqualTo(network.composition(windows)[0]);
    }
  }

  @Test
  void saysNothingOfClasses() {
    ModelSpec plain = Specs.plain(Shape.MANY_TO_ONE, Cell.LSTM, 4);
    ModelSpec classes =
        plain.withOutput(new ModelOutput(Loss.CROSS_ENTROPY, .5, List.of(), 1, false, 3));
    try (NetworkForecaster network =
        new NetworkForecaster(
            new ForecastNetwork(classes, INPUTS),
            new float[new ForecastNetwork(classes, INPUTS).layout().length()])) {
      assertThat(network.parts()).isEmpty();
    }
  }

  private static void assertSums(NetworkForecaster network, NetworkInputs inputs) {
    WindowBatch windows = Windows.random(inputs, 6, 4);
    ForecastBatch forecasts = new ForecastBatch(6, inputs.horizon(), 0);
    network.forecast(windows, forecasts);
    float[][] composition = network.composition(windows);
    assertThat(composition).hasNumberOfRows(1 + network.parts().size());
    assertThat(composition[composition.length - 1]).isEqualTo(forecasts.point());
    for (int at = 0; at < forecasts.point().length; at++) {
      double sum = composition[0][at];
      for (int part = 1; part < composition.length; part++) {
        sum += (double) composition[part][at] - composition[part - 1][at];
      }
      assertThat(sum).isCloseTo(forecasts.point()[at], within(1e-9));
    }
  }

  private static NetworkForecaster network(ModelSpec spec, NetworkInputs inputs, int members) {
    return new NetworkForecaster(
        new ForecastNetwork(spec, inputs), parameters(spec, inputs, members));
  }

  /** Trained for a few steps, so that every part has something to say. */
  private static float[] parameters(ModelSpec spec, NetworkInputs inputs, int members) {
    try (Trainable network = new NetworkFactory(spec, inputs).open()) {
      int length = network.parameterCount();
      float[] all = new float[members * length];
      for (int member = 0; member < members; member++) {
        network.initialize(member);
        for (int step = 0; step < 5; step++) {
          network.step(Windows.random(inputs, 8, step), new StepSettings(step, 1e-2, step));
        }
        float[] one = new float[length];
        network.store(one, null);
        System.arraycopy(one, 0, all, member * length, length);
      }
      return all;
    }
  }
}

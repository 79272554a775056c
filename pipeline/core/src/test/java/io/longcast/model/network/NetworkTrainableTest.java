package io.longcast.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.sun.management.ThreadMXBean;
import io.longcast.model.ForecastBatch;
import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.model.recurrent.Numerics;
import io.longcast.window.WindowBatch;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTrainableTest {
  private static final NetworkInputs INPUTS = NetworkInputs.of(56, 8);
  private static final ModelSpec SPEC = Specs.recipe(4, 16, Specs.LEVELS, true);
  private static final NetworkFactory FACTORY = new NetworkFactory(SPEC, INPUTS);

  private static float[] train(int steps) {
    try (Trainable network = FACTORY.open()) {
      network.initialize(3);
      for (int step = 0; step < steps; step++) {
        network.step(Windows.random(INPUTS, 8, step), new StepSettings(step, 1e-3, step));
      }
      float[] parameters = new float[network.parameterCount()];
      network.store(parameters, null);
      return parameters;
    }
  }

  @Test
  void givesTheSameBitsEveryTime() {
    assertThat(train(5)).isEqualTo(train(5)).isNotEqualTo(train(4));
  }

  @Test
  void goesOnFromStoredVectorsAsIfItHadNeverStopped() {
    try (Trainable whole = FACTORY.open();
        Trainable first = FACTORY.open();
        Trainable second = FACTORY.open()) {
      whole.initialize(3);
      first.initialize(3);
      float[] parameters = new float[whole.parameterCount()];
      float[] state = new float[whole.updaterStateCount()];
      for (int step = 0; step < 6; step++) {
        StepSettings settings = new StepSettings(step, 1e-3, step);
        whole.step(Windows.random(INPUTS, 8, step), settings);
        if (step == 3) {
          first.store(parameters, state);
          second.load(parameters, state);
        }
        (step < 3 ? first : second).step(Windows.random(INPUTS, 8, step), settings);
      }
      float[] resumed = parameters.clone();
      second.store(resumed, null);
      whole.store(parameters, null);
      assertThat(resumed).isEqualTo(parameters);
    }
  }

  /** On the plain back end: the other boxes its vectors until the compiler has warmed up. */
  @Test
  void allocatesNothingInAStep() {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    WindowBatch batch = Windows.random(INPUTS, 8, 1);
    try (ForecastNetwork network = new ForecastNetwork(SPEC, INPUTS, Numerics.plain())) {
      float[] parameters = new float[network.layout().length()];
      float[] gradient = new float[parameters.length];
      network.initialize(parameters, 1);
      StepSettings settings = new StepSettings(0, 1e-3, 1);
      for (int step = 0; step < 50; step++) {
        network.lossAndGradient(batch, parameters, gradient, settings);
      }
      long before = memory.getCurrentThreadAllocatedBytes();
      for (int step = 0; step < 50; step++) {
        network.lossAndGradient(batch, parameters, gradient, settings);
      }
      long bytes = (memory.getCurrentThreadAllocatedBytes() - before) / 50;
      assertThat(bytes)
          .as("bytes a step, of which the arrays would be over 100,000")
          .isLessThan(4096);
    }
  }

  @Test
  void forecastsWithoutReadingTheTargets() {
    WindowBatch batch = Windows.random(INPUTS, 8, 1);
    ForecastBatch clean = new ForecastBatch(8, 8, 9);
    ForecastBatch poisoned = new ForecastBatch(8, 8, 9);
    float[] parameters = train(3);
    try (NetworkForecaster forecaster = FACTORY.forecaster(parameters)) {
      forecaster.forecast(batch, clean);
      Arrays.fill(batch.target(), Float.NaN);
      forecaster.forecast(batch, poisoned);
    }
    assertThat(poisoned.point()).isEqualTo(clean.point());
    assertThat(poisoned.quantiles()).isEqualTo(clean.quantiles());
  }

  @Test
  void averagesTheMembersOfAnEnsembleInScaledUnits() {
    float[] first = train(1);
    float[] second = train(40);
    WindowBatch batch = Windows.random(INPUTS, 8, 1);
    ForecastBatch one = forecast(first, batch);
    ForecastBatch other = forecast(second, batch);
    float[] both = Arrays.copyOf(first, 2 * first.length);
    System.arraycopy(second, 0, both, first.length, first.length);
    ForecastBatch mean = forecast(both, batch);
    assertThat(one.point()).isNotEqualTo(other.point());
    for (int at = 0; at < 64; at++) {
      double geometric = Math.sqrt((double) one.point()[at] * other.point()[at]);
      assertThat((double) mean.point()[at]).isCloseTo(geometric, withinPercentage(.01));
    }
    assertThatThrownBy(() -> FACTORY.forecaster(Arrays.copyOf(first, first.length + 1)))
        .hasMessageContaining("or a multiple");
  }

  private static ForecastBatch forecast(float[] parameters, WindowBatch batch) {
    ForecastBatch found = new ForecastBatch(8, 8, 9);
    try (NetworkForecaster forecaster = FACTORY.forecaster(parameters)) {
      forecaster.forecast(batch, found);
    }
    return found;
  }

  /** With the same bits at those that are; six steps end amid a season. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void leavesOutStepsThatAreNotWanted(int wanted) {
    NetworkInputs inputs = new NetworkInputs(56, 8, 0, 2, 0, List.of());
    NetworkFactory factory = new NetworkFactory(SPEC, inputs);
    float[] both = new float[2 * factory.parameters()];
    SplittableRandom random = new SplittableRandom(7);
    for (int k = 0; k < both.length; k++) {
      both[k] = (float) (.2 * random.nextGaussian());
    }
    WindowBatch batch = Windows.random(inputs, 8, 1);
    ForecastBatch whole = new ForecastBatch(8, 8, 9);
    ForecastBatch part = new ForecastBatch(8, 8, 9, wanted);
    try (NetworkForecaster forecaster = factory.forecaster(both)) {
      forecaster.forecast(batch, whole);
      forecaster.forecast(batch, part);
    }
    for (int i = 0; i < 8; i++) {
      for (int t = 0; t < 8; t++) {
        assertThat(part.point(i, t)).isEqualTo(t < wanted ? whole.point(i, t) : 0);
        assertThat(part.quantile(i, t, 7)).isEqualTo(t < wanted ? whole.quantile(i, t, 7) : 0);
      }
    }
  }

  @Test
  void ordersQuantilesAroundThePoint() {
    ForecastBatch found = new ForecastBatch(8, 8, 9);
    try (NetworkForecaster forecaster = FACTORY.forecaster(train(3))) {
      forecaster.forecast(Windows.random(INPUTS, 8, 9), found);
    }
    for (int at = 0; at < 64; at++) {
      float[] row = Arrays.copyOfRange(found.quantiles(), at * 9, at * 9 + 9);
      float[] sorted = row.clone();
      Arrays.sort(sorted);
      assertThat(row).isEqualTo(sorted);
      assertThat(row[4]).isEqualTo(found.point()[at]);
    }
  }

  @Test
  void namesWhatDoesNotFit() {
    assertThatThrownBy(() -> FACTORY.open().load(new float[3], null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 3");
    try (ForecastNetwork network = new ForecastNetwork(SPEC, INPUTS)) {
      WindowBatch other = Windows.random(NetworkInputs.of(10, 2), 2, 1);
      assertThatThrownBy(() -> network.loss(other, new float[network.layout().length()]))
          .hasMessageContaining("context 10");
    }
    assertThat(FACTORY.open().parameterCount()).isEqualTo(parametersByHand());
  }

  /** LSTM over 4 values, a flag and 2 statistics; skip; gate; head; eight gaps a step. */
  private static int parametersByHand() {
    List<Integer> parts = List.of(64 * (7 + 16 + 1), 56 * 8 + 8, 17 * 2 * 14, 17 * 8, 17 * 8 * 8);
    return parts.stream().mapToInt(part -> part).sum();
  }
}

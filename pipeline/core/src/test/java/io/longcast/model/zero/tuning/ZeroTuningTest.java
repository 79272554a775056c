package io.longcast.model.zero.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ForecastBatch;
import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.model.WindowForecaster;
import io.longcast.model.network.Specs;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.zero.ZeroForecaster;
import io.longcast.model.zero.ZeroOptions;
import io.longcast.model.zero.ZeroWeights;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZeroTuningTest {
  private static final int CONTEXT = 70;
  private static final int HORIZON = 12;
  private static final List<Double> LEVELS = List.of(.1, .5, .9);

  private final ModelSpec model = Specs.recipe(4, 12, LEVELS, true);
  private final ZeroDefinition definition =
      ZeroDefinition.builtIn(model, NetworkInputs.of(CONTEXT, HORIZON));

  @Test
  void startsFromTheNetworkInTheJar() {
    WindowBatch windows = windows(3, 5);
    float[] parameters = new float[definition.parameters()];
    try (Trainable replica = definition.open()) {
      replica.initialize(9);
      replica.store(parameters, null);
    }
    ZeroOptions options = ZeroOptions.of(LEVELS, List.of(model.seasonalPeriod()));
    try (WindowForecaster tuned = definition.forecaster(parameters);
        WindowForecaster zero =
            new ZeroForecaster(ZeroWeights.builtIn(), options, Numerics.open())) {
      assertThat(forecast(tuned, windows).quantiles())
          .isEqualTo(forecast(zero, windows).quantiles());
    }
  }

  @Test
  void learnsFromTheSeriesAtHand() {
    WindowBatch windows = windows(8, 5);
    try (Trainable replica = definition.open()) {
      replica.initialize(1);
      double before = replica.loss(windows).mean();
      for (int step = 0; step < 8; step++) {
        replica.step(windows, new StepSettings(step, 0.002, step));
      }
      assertThat(replica.loss(windows).mean()).isLessThan(0.9 * before);
    }
  }

  @Test
  void sumsTheLossesOfWindows() {
    try (Trainable replica = definition.open()) {
      replica.initialize(1);
      Trainable.LossSum first = replica.loss(windows(4, 1));
      Trainable.LossSum second = replica.loss(windows(4, 2));
      WindowBatch both = new WindowBatch(8, new WindowSpec(CONTEXT, HORIZON, 1), 0, 0, 0);
      fill(both, 4, 1);
      fill(both, 4, 2);
      Trainable.LossSum sum = replica.loss(both);
      assertThat(sum.sum()).isCloseTo(first.sum() + second.sum(), within(1e-4 * sum.sum()));
      assertThat(sum.weight()).isEqualTo(first.weight() + second.weight());
    }
  }

  @Test
  void ignoresTargetsThatWereNotObserved() {
    WindowBatch with = windows(2, 3);
    WindowBatch without = windows(2, 3);
    with.targetObserved()[5] = 0;
    without.targetObserved()[5] = 0;
    without.target()[5] = 1e6f;
    try (Trainable replica = definition.open()) {
      replica.initialize(1);
      assertThat(replica.loss(without)).isEqualTo(replica.loss(with));
    }
  }

  @Test
  void refusesParametersOfAnotherNetwork() {
    assertThatThrownBy(() -> definition.forecaster(new float[3])).hasMessageContaining("found 3");
  }

  private static ForecastBatch forecast(WindowForecaster forecaster, WindowBatch windows) {
    ForecastBatch made = new ForecastBatch(windows.size(), HORIZON, LEVELS.size());
    forecaster.forecast(windows, made);
    return made;
  }

  private static WindowBatch windows(int count, long seed) {
    WindowBatch batch = new WindowBatch(count, new WindowSpec(CONTEXT, HORIZON, 1), 0, 0, 0);
    fill(batch, count, seed);
    return batch;
  }

  /** Of five steps four go up and one goes down. */
  private static void fill(WindowBatch into, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int k = 0; k < count; k++) {
      int i = into.add(null, 0, 0, k * 5);
      double level = 100 * random.nextDouble();
      int phase = random.nextInt(12);
      for (int t = 0; t < CONTEXT + HORIZON; t++) {
        float v = (float) (level + ((t + phase) % 5 == 4 ? -9 : (t + phase) % 5));
        boolean inContext = t < CONTEXT;
        int at = inContext ? i * CONTEXT + t : i * HORIZON + t - CONTEXT;
        (inContext ? into.context() : into.target())[at] = v;
        (inContext ? into.contextObserved() : into.targetObserved())[at] =
            inContext && t < k * 5 ? 0 : 1;
      }
    }
  }
}

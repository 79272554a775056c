package io.longcast.model.zero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ForecastBatch;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.zero.network.ZeroNetwork;
import io.longcast.model.zero.network.ZeroShape;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZeroForecasterTest {
  private static final List<Double> LEVELS = List.of(.025, .1, .35, .5, .9, .975);
  private static final int CONTEXT = 200;
  private static final ZeroWeights WEIGHTS = weights();

  private static ZeroWeights weights() {
    ZeroShape shape = new ZeroShape(16, 2, 4, 8);
    return new ZeroWeights(shape, new ZeroNetwork(shape, 1, 1, 1, Numerics.plain()).initial(4));
  }

  private static ZeroForecaster forecaster() {
    return new ZeroForecaster(WEIGHTS, ZeroOptions.of(LEVELS, List.of(24, 168)), Numerics.open());
  }

  @Test
  void forecastsAWindowAsIfItWereAlone() {
    WindowBatch many = windows(40, 60, 0, 1);
    ForecastBatch together = forecast(many);
    WindowBatch one = windows(1, 60, 17, 1);
    ForecastBatch alone = forecast(one);
    for (int t = 0; t < 60; t++) {
      assertThat(together.point(17, t)).isEqualTo(alone.point(0, t));
      for (int q = 0; q < LEVELS.size(); q++) {
        assertThat(together.quantile(17, t, q)).isEqualTo(alone.quantile(0, t, q));
      }
    }
  }

  @Test
  void followsTheUnitOfTheSeries() {
    ForecastBatch plain = forecast(windows(3, 48, 0, 1));
    ForecastBatch scaled = forecast(windows(3, 48, 0, 1000));
    for (int t = 0; t < 48; t++) {
      assertThat(scaled.point(2, t) / 1000).isCloseTo(plain.point(2, t), within(1e-3f));
    }
  }

  @Test
  void givesAscendingQuantilesAndTheSameStartOfAnyHorizon() {
    ForecastBatch near = forecast(windows(3, 10, 0, 1));
    ForecastBatch far = forecast(windows(3, 150, 0, 1));
    for (int t = 0; t < 150; t++) {
      for (int q = 1; q < LEVELS.size(); q++) {
        assertThat(far.quantile(1, t, q)).isGreaterThanOrEqualTo(far.quantile(1, t, q - 1));
      }
      assertThat(far.point(1, t)).isFinite().isEqualTo(far.quantile(1, t, 3));
    }
    for (int t = 0; t < 10; t++) {
      assertThat(near.point(1, t)).isEqualTo(far.point(1, t));
    }
  }

  @Test
  void ignoresFilledValues() {
    WindowBatch with = windows(2, 48, 0, 1);
    WindowBatch without = windows(2, 48, 0, 1);
    for (int t = 60; t < 70; t++) {
      with.contextObserved()[CONTEXT + t] = 0;
      without.contextObserved()[CONTEXT + t] = 0;
      without.context()[CONTEXT + t] = 1e6f;
    }
    assertThat(forecast(without).point()).isEqualTo(forecast(with).point());
  }

  @Test
  void forecastsWhatIsAllConstantOrAllMissing() {
    WindowBatch windows = windows(2, 48, 0, 1);
    for (int t = 0; t < CONTEXT; t++) {
      windows.context()[t] = 5;
      windows.contextObserved()[CONTEXT + t] = 0;
    }
    ForecastBatch found = forecast(windows);
    assertThat(found.point(0, 0)).isEqualTo(5);
    assertThat(found.point(1, 0)).isFinite();
  }

  private static ForecastBatch forecast(WindowBatch windows) {
    ForecastBatch forecasts =
        new ForecastBatch(windows.capacity(), windows.horizon(), LEVELS.size());
    try (ZeroForecaster forecaster = forecaster()) {
      forecaster.forecast(windows, forecasts);
    }
    return forecasts;
  }

  /** Series of different lengths, from the {@code first}th. */
  private static WindowBatch windows(int count, int horizon, int first, double unit) {
    WindowBatch windows = new WindowBatch(count, new WindowSpec(CONTEXT, horizon, 1), 0, 0, 0);
    for (int i = 0; i < count; i++) {
      SplittableRandom random = new SplittableRandom(first + i);
      int padding = (first + i) * 31 % 180;
      windows.add(null, 0, 0, padding);
      for (int t = 0; t < CONTEXT; t++) {
        double v = Math.sin(2 * Math.PI * t / 24) + 0.2 * random.nextGaussian() + 0.01 * t;
        windows.context()[i * CONTEXT + t] = (float) (unit * v);
        windows.contextObserved()[i * CONTEXT + t] = t < padding ? 0 : 1;
      }
    }
    return windows;
  }
}

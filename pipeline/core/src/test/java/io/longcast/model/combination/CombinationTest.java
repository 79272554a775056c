package io.longcast.model.combination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.model.baseline.Baseline;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CombinationTest {
  private static final List<Double> LEVELS = List.of(.1, .5, .9);

  @Test
  void averagesPointsAndQuantilesByTheirWeights() {
    WindowBatch windows = new WindowBatch(1, new WindowSpec(4, 2, 1), 0, 0, 0);
    windows.add(null, 0, 0, 0);
    System.arraycopy(new float[] {1, 4, 2, 7}, 0, windows.context(), 0, 4);
    Combination combination =
        new Combination(List.of(Baseline.SEASONAL_NAIVE, Baseline.DRIFT), List.of(.25, .75, 0.0));
    ForecastBatch naive = forecast(Baseline.NAIVE.forecaster(1, LEVELS), windows);
    ForecastBatch seasonal = forecast(Baseline.SEASONAL_NAIVE.forecaster(2, LEVELS), windows);
    ForecastBatch made =
        forecast(
            combination.on(() -> Baseline.NAIVE.forecaster(1, LEVELS), 2, LEVELS).open(), windows);
    assertThat(made.point()).containsExactly(.25f * 7 + .75f * 2, 7);
    assertThat(made.quantile(0, 1, 2))
        .isCloseTo(
            .25f * naive.quantile(0, 1, 2) + .75f * seasonal.quantile(0, 1, 2), within(1e-5f));
    assertThat(combination.described())
        .isEqualTo("network 0.250, seasonal-naive 0.750, drift 0.000");
  }

  private static ForecastBatch forecast(WindowForecaster forecaster, WindowBatch windows) {
    ForecastBatch made = new ForecastBatch(1, 2, LEVELS.size());
    forecaster.forecast(windows, made);
    forecaster.close();
    return made;
  }

  /** Independent errors: weights in inverse proportion to the variances 1 and 4. */
  @Test
  void weighsIndependentErrorsByTheirVariances() {
    List<Double> weights = products(1, 2, 20_000).weights(0);
    assertThat(weights.get(0)).isCloseTo(.8, within(.02));
    assertThat(weights.get(0) + weights.get(1)).isCloseTo(1, within(1e-12));
  }

  @Test
  void leavesOutAMemberThatOnlyAddsNoise() {
    ErrorProducts products = new ErrorProducts(2);
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 1000; i++) {
      double e = random.nextGaussian();
      products.add(new double[] {e, e + random.nextGaussian()});
    }
    assertThat(products.weights(0).get(1)).isCloseTo(0, within(.05));
    assertThat(products.weights(1)).containsExactly(.5, .5);
    assertThat(products.weights(.5).get(1)).isCloseTo(.25, within(.03));
  }

  @Test
  void mergesToTheSameBitsInAnyOrder() {
    ErrorProducts merged = products(1, 3, 50);
    merged.merge(products(2, 1, 50));
    ErrorProducts other = products(2, 1, 50);
    other.merge(products(1, 3, 50));
    assertThat(merged.count()).isEqualTo(100);
    assertThat(merged.weights(0)).isEqualTo(other.weights(0));
    assertThat(merged.weights(0)).isNotEqualTo(products(1, 3, 50).weights(0));
    assertThat(new ErrorProducts(3).weights(0)).containsExactly(1 / 3.0, 1 / 3.0, 1 / 3.0);
  }

  private static ErrorProducts products(double one, double other, int n) {
    ErrorProducts products = new ErrorProducts(2);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < n; i++) {
      products.add(new double[] {one * random.nextGaussian(), other * random.nextGaussian()});
    }
    return products;
  }

  @Test
  void refusesWeightsThatDoNotSumUpToOne() {
    assertThatThrownBy(() -> new Combination(List.of(Baseline.THETA), List.of(.5, .6)))
        .hasMessageContaining("[0.5, 0.6]");
  }
}

package io.longcast.model.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ShortHistoryMeanTest {
  private static final int HORIZON = 4;
  private static final List<Double> LEVELS = List.of(.1, .5, .9);

  /**
   * A line is continued by both local models, the naive forecast stays: the mean has two thirds.
   */
  @Test
  void movesPointsAndQuantilesTwoThirdsOfTheWayToTheLocalModels() {
    WindowBatch windows = windows(30, 0, t -> 100 + 5 * t);
    ForecastBatch naive = forecast(Baseline.NAIVE.forecaster(1, LEVELS), windows);
    ForecastBatch mean = forecast(mean(1), windows);
    double local = 0;
    for (Baseline baseline : List.of(Baseline.DAMPED, Baseline.DYNAMIC_THETA)) {
      local += forecast(baseline.forecaster(1, List.of()), windows).point(0, 3) / 2;
    }
    assertThat(local).isGreaterThan(250);
    assertThat((double) mean.point(0, 3))
        .isCloseTo(naive.point(0, 3) / 3 + local * 2 / 3, within(1e-3));
    assertThat(mean.quantile(0, 3, 2) - mean.point(0, 3))
        .isCloseTo(naive.quantile(0, 3, 2) - naive.point(0, 3), within(1e-3f));
  }

  @Test
  void leavesLongHistoriesAlone() {
    assertIsAlone(windows(251, 0, t -> 100 + 5 * t), 1);
  }

  /** Zero at night: the local models take no such season out. */
  @Test
  void leavesSeasonsAloneThatTheLocalModelsDoNotTakeOut() {
    IntToDoubleFunction daylight = t -> Math.max(0, Math.sin(2 * Math.PI * t / 24));
    assertIsAlone(windows(200, 0, daylight), 24);
    assertIsAlone(windows(200, 0, t -> 5 + daylight.applyAsDouble(t)), 1);
  }

  @Test
  void staysAboveZeroWhereAllValuesAre() {
    WindowBatch windows = windows(30, 3, t -> 100 * Math.pow(0.6, t));
    ForecastBatch mean = forecast(mean(1), windows);
    for (int t = 0; t < HORIZON; t++) {
      assertThat(mean.quantile(0, t, 0)).isGreaterThanOrEqualTo(-3);
    }
  }

  private static void assertIsAlone(WindowBatch windows, int season) {
    assertThat(forecast(mean(season), windows).point())
        .isEqualTo(forecast(Baseline.NAIVE.forecaster(1, LEVELS), windows).point());
  }

  private static WindowForecaster mean(int season) {
    return new ShortHistoryMean(Baseline.NAIVE.forecaster(1, LEVELS), season);
  }

  private static ForecastBatch forecast(WindowForecaster forecaster, WindowBatch windows) {
    ForecastBatch made = new ForecastBatch(1, HORIZON, forecaster.quantileLevels().size());
    forecaster.forecast(windows, made);
    forecaster.close();
    return made;
  }

  /** One window of so many values after padding, measured from an offset. */
  private static WindowBatch windows(int length, double offset, IntToDoubleFunction values) {
    int context = 260;
    WindowBatch windows = new WindowBatch(1, new WindowSpec(context, HORIZON, 1), 0, 0, 0);
    windows.add(null, 0, 0, context - length);
    windows.offset(0, offset);
    for (int t = 0; t < length; t++) {
      int at = context - length + t;
      windows.context()[at] = (float) (values.applyAsDouble(t) - offset);
      windows.contextObserved()[at] = 1;
    }
    return windows;
  }
}

package io.longcast.model.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BaselineTest {
  private static final double[] HISTORY = {3, 5, 4, 6, 5, 7};

  private static double[] points(LocalModel model, int horizon) {
    return model.forecast(HISTORY, horizon).point();
  }

  @Test
  void repeatsTheLastValueOrSeason() {
    assertThat(points(new SeasonalRepeat(1), 2)).containsExactly(7, 7);
    assertThat(points(new SeasonalRepeat(3), 4)).containsExactly(6, 5, 7, 6);
    assertThat(points(new SeasonalRepeat(99), 2)).containsExactly(7, 7);
  }

  @Test
  void widensWithTheStep() {
    // residuals of lag 3: 3, 0, 3
    double sigma = Math.sqrt(6);
    assertThat(new SeasonalRepeat(3).forecast(HISTORY, 4).spread())
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(sigma, sigma, sigma, sigma * Math.sqrt(2));
  }

  @Test
  void extendsTheLineFromFirstToLast() {
    assertThat(points(new Drift(), 2))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(7.8, 8.6);
  }

  @Test
  void smoothsAConstantToItself() {
    double[] constant = new double[40];
    java.util.Arrays.fill(constant, 4.5);
    // What SBA takes off for the bias of a gap is wrong where there is demand at every step.
    for (Baseline baseline : EnumSet.complementOf(EnumSet.of(Baseline.CROSTON_SBA))) {
      WindowBatch batch = batch(constant, 0);
      ForecastBatch forecasts = new ForecastBatch(1, 3, 1);
      try (WindowForecaster forecaster = baseline.forecaster(4, List.of(0.9))) {
        forecaster.forecast(batch, forecasts);
      }
      assertThat(forecasts.point()).as(baseline.word()).containsOnly(4.5f);
      assertThat(forecasts.quantiles()).as(baseline.word()).containsOnly(4.5f);
    }
  }

  @Test
  void takesADayAndAWeekOut() {
    int n = 24 * 7 * 4;
    double[] series = new double[n + 168];
    for (int t = 0; t < series.length; t++) {
      double day = 3 * Math.sin(2 * Math.PI * t / 24);
      double week = t / 24 % 7 >= 5 ? -4 : 0;
      series[t] = 50 + day + week;
    }
    double[] known = java.util.Arrays.copyOf(series, n);
    LocalForecast weekly = new MultipleSeasonalTrend(24).forecast(known, 168);
    for (int t = 0; t < 168; t++) {
      assertThat(weekly.point()[t]).as("step %d", t + 1).isCloseTo(series[n + t], within(0.5));
    }
    LocalForecast daily =
        new MultipleSeasonalTrend(24).forecast(java.util.Arrays.copyOf(series, 312), 24);
    assertThat(daily.point()[6] - daily.point()[18]).isCloseTo(6, within(1.5));
  }

  @Test
  void fitsALineThroughAnyWindow() {
    double[] line = {1, 3, 5, 7, 9, 11};
    for (int window : new int[] {3, 5, 21}) {
      assertThat(Loess.at(line, 2, window)).isCloseTo(5, within(1e-9));
      assertThat(Loess.at(line, 6, window)).isCloseTo(13, within(1e-9));
    }
    assertThat(Loess.at(new double[] {4}, 1, 7)).isEqualTo(4);
  }

  @Test
  void findsTheDampedTrendThatMadeTheSeries() {
    double[] series = new double[33];
    double level = 10;
    double slope = 5;
    for (int t = 0; t < series.length; t++) {
      level += 0.95 * slope;
      slope *= 0.95;
      series[t] = level;
    }
    double[] known = java.util.Arrays.copyOf(series, 30);
    LocalForecast ets = new Smoothing(true).forecast(known, 3);
    LocalForecast ses = new Smoothing(false).forecast(known, 3);
    assertThat(ets.point()[2]).isCloseTo(series[32], within(0.01 * slope));
    assertThat(ses.point()[2]).isLessThan(series[32] - slope);
  }

  @Test
  void rollsASeasonForwardByRidge() {
    double[] wave = new double[240];
    for (int t = 0; t < wave.length; t++) {
      wave[t] = 10 + 3 * Math.sin(2 * Math.PI * t / 24) + 0.01 * (t * 7919 % 11);
    }
    LocalForecast forecast = new RidgeAutoregression(24).forecast(wave, 24);
    for (int t = 0; t < 24; t++) {
      assertThat(forecast.point()[t])
          .isCloseTo(10.05 + 3 * Math.sin(2 * Math.PI * (240 + t) / 24), within(0.15));
    }
  }

  @Test
  void takesTheSeasonOutOnlyWhereThereIsOne() {
    double[] wave = new double[96];
    double[] noise = new double[96];
    for (int t = 0; t < wave.length; t++) {
      wave[t] = (t % 8 < 4 ? 2 : 1) * 10;
      noise[t] = 10 + (t * 7919L % 101) / 100.0;
    }
    SeasonalAdjustment naive2 = new SeasonalAdjustment(8, new SeasonalRepeat(1));
    assertThat(naive2.isSeasonal(wave)).isTrue();
    assertThat(naive2.isSeasonal(noise)).isFalse();
    assertThat(naive2.forecast(wave, 8).point())
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(20, 20, 20, 20, 10, 10, 10, 10);
  }

  @ParameterizedTest
  @EnumSource(Baseline.class)
  void readsNeitherPaddingNorTargetsAndOrdersItsQuantiles(Baseline baseline) {
    double[] history = new double[60];
    for (int t = 0; t < history.length; t++) {
      history[t] = 20 + t % 7 + 0.1 * (t * 31 % 17);
    }
    ForecastBatch clean = new ForecastBatch(1, 3, 3);
    ForecastBatch poisoned = new ForecastBatch(1, 3, 3);
    WindowBatch poison = batch(history, 20);
    java.util.Arrays.fill(poison.context(), 0, 20, 1e9f);
    java.util.Arrays.fill(poison.target(), -1e9f);
    try (WindowForecaster forecaster = baseline.forecaster(7, List.of(0.1, 0.5, 0.9))) {
      forecaster.forecast(batch(history, 0), clean);
      forecaster.forecast(poison, poisoned);
    }
    assertThat(poisoned.point()).isEqualTo(clean.point());
    assertThat(clean.quantile(0, 2, 0)).isLessThan(clean.quantile(0, 2, 1));
    assertThat(clean.quantile(0, 2, 1)).isEqualTo(clean.point(0, 2));
    assertThat(clean.quantile(0, 2, 2)).isGreaterThan(clean.quantile(0, 2, 1));
  }

  /** Demand of 6 every third step: a gap of 3, so 2 a step; the bias is a twentieth of it. */
  @Test
  void forecastsIntermittentDemandByItsRate() {
    double[] demand = new double[300];
    for (int t = 2; t < demand.length; t += 3) {
      demand[t] = 6;
    }
    assertThat(points(new Croston(Croston.Variant.CLASSIC), 2, demand))
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(2, 2);
    assertThat(points(new Croston(Croston.Variant.SBA), 2, demand))
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(1.9, 1.9);
    double[] faded = java.util.Arrays.copyOf(demand, 360);
    assertThat(points(new Croston(Croston.Variant.CLASSIC), 1, faded)[0])
        .isCloseTo(2, within(1e-9));
    assertThat(points(new Croston(Croston.Variant.TSB), 1, faded)[0]).isLessThan(0.1);
  }

  /** A line with a season that grows with it: the right form is found, and goes on. */
  @Test
  void choosesTrendAndSeasonByItself() {
    double[] series = new double[100];
    for (int t = 0; t < series.length; t++) {
      double shape = new double[] {1.3, 0.8, 1.1, 0.8}[t % 4];
      series[t] = (100 + 2 * t) * shape * (1 + 0.002 * (t * 7919 % 11 - 5));
    }
    double[] known = java.util.Arrays.copyOf(series, 92);
    double[] ets = points(new AutoSmoothing(4), 8, known);
    double[] theta = points(new SeasonalAdjustment(4, new OptimisedTheta(true)), 8, known);
    double[] shape = points(new LevelShape(4), 8, known);
    for (int h = 0; h < 8; h++) {
      assertThat(ets[h]).isCloseTo(series[92 + h], within(0.03 * series[92 + h]));
      assertThat(theta[h]).isCloseTo(series[92 + h], within(0.03 * series[92 + h]));
      assertThat(shape[h]).isCloseTo(series[92 + h], within(0.05 * series[92 + h]));
    }
  }

  @Test
  void addsTheMeanSeasonalChange() {
    assertThat(points(new SeasonalDrift(2), 4, new double[] {1, 5, 2, 6, 3, 7}))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(4, 8, 5, 9);
  }

  private static double[] points(LocalModel model, int horizon, double[] history) {
    return model.forecast(history, horizon).point();
  }

  @Test
  void rejectsASeasonOfZero() {
    assertThatThrownBy(() -> Baseline.NAIVE.forecaster(0, List.of()))
        .hasMessage("season must be >= 1, found 0");
  }

  private static WindowBatch batch(double[] history, int padding) {
    WindowSpec window = new WindowSpec(history.length + padding, 3, 1);
    WindowBatch batch = new WindowBatch(1, window, 0, 0, 0);
    batch.add(Segment.of("a", new RowAxis(0, null), 1f), 0, 1, padding);
    for (int t = 0; t < history.length; t++) {
      batch.context()[padding + t] = (float) history[t];
      batch.contextObserved()[padding + t] = 1;
    }
    return batch;
  }

  /** What is measured from an offset is forecast from that offset, whatever the level. */
  @ParameterizedTest
  @EnumSource(value = Baseline.class, mode = EnumSource.Mode.EXCLUDE, names = "CROSTON_SBA")
  void forecastsOfALargeLevelKeepTheirDifferences(Baseline baseline) {
    double[] near = new double[60];
    for (int t = 0; t < near.length; t++) {
      near[t] = 40 + 3 * Math.sin(2 * Math.PI * t / 4) + .1 * t + (t * 7 % 5) / 10.0;
    }
    WindowBatch batch = batch(near, 0);
    batch.offset(0, 1.5e9);
    ForecastBatch forecasts = new ForecastBatch(1, 3, 1);
    try (WindowForecaster forecaster = baseline.forecaster(4, List.of(0.9))) {
      forecaster.forecast(batch, forecasts);
    }
    for (int t = 0; t < 3; t++) {
      assertThat(forecasts.point(0, t)).isBetween(35f, 60f);
      assertThat(forecasts.quantile(0, t, 0)).isBetween(forecasts.point(0, t), 90f);
    }
  }
}

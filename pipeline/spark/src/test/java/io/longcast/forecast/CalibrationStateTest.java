package io.longcast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.forecast.ForecastSpec.Calibrate;
import io.longcast.model.ForecastBatch;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationStateTest {
  private static final List<Double> LEVELS = List.of(.025, .5, .975);
  private static final int WINDOWS = 20_000;

  /** Normal values against quantiles that claim a standard deviation of {@code claimed}. */
  private static CalibrationState state(double claimed, long seed, int windows) {
    WindowBatch batch = new WindowBatch(windows, new WindowSpec(1, 1, 1), 0, 0, 0);
    ForecastBatch forecasts = new ForecastBatch(windows, 1, LEVELS.size());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < windows; i++) {
      batch.add(null, 0, 0, 0);
      batch.target()[i] = (float) random.nextGaussian();
      batch.targetObserved()[i] = 1;
      forecasts.quantiles()[3 * i] = (float) (-1.96 * claimed);
      forecasts.quantiles()[3 * i + 2] = (float) (1.96 * claimed);
    }
    CalibrationState state = new CalibrationState(LEVELS, 1);
    state.add(batch, forecasts);
    return state;
  }

  @Test
  void widensIntervalsThatClaimTooMuch() {
    IntervalCalibration found = state(.5, 3, WINDOWS).calibration(Calibrate.WHERE_NEEDED, 1);
    assertThat(found.factors().get(0)).isCloseTo(2, within(.1));
    assertThat(found.factors().get(1)).isEqualTo(1);
    assertThat(found.factors().get(2)).isCloseTo(2, within(.1));
  }

  @Test
  void correctsNoFurtherThanChanceAllows() {
    CalibrationState state = state(.8, 3, WINDOWS);
    double full = state.calibration(Calibrate.ALWAYS, 1).factors().get(2);
    double few = state.calibration(Calibrate.WHERE_NEEDED, .02).factors().get(2);
    double many = state.calibration(Calibrate.WHERE_NEEDED, 1).factors().get(2);
    assertThat(full).isCloseTo(1.25, within(.05));
    assertThat(few).isLessThan(many).isGreaterThan(1);
    assertThat(many).isBetween(full - .1, full);
    assertThat(state.calibration(Calibrate.WHERE_NEEDED, .001).corrects()).isFalse();
  }

  @Test
  void leavesGoodIntervalsAlone() {
    assertThat(state(1, 4, WINDOWS).calibration(Calibrate.WHERE_NEEDED, 1).corrects()).isFalse();
  }

  @Test
  void doesNothingWhenOff() {
    assertThat(state(.5, 3, WINDOWS).calibration(Calibrate.OFF, 1).corrects()).isFalse();
  }

  @Test
  void correctedIntervalsCoverWhatTheyClaim() {
    IntervalCalibration found = state(.5, 5, WINDOWS).calibration(Calibrate.ALWAYS, 1);
    double half = 1.96 * .5 * found.factors().get(2);
    SplittableRandom random = new SplittableRandom(6);
    int inside = 0;
    for (int i = 0; i < WINDOWS; i++) {
      inside += Math.abs(random.nextGaussian()) < half ? 1 : 0;
    }
    assertThat(inside / (double) WINDOWS).isCloseTo(.95, within(.01));
  }

  @Test
  void mergesToTheSameCorrectionInAnyOrder() {
    IntervalCalibration one =
        state(.5, 1, 500).merge(state(.7, 2, 800)).calibration(Calibrate.ALWAYS, 1);
    IntervalCalibration two =
        state(.7, 2, 800).merge(state(.5, 1, 500)).calibration(Calibrate.ALWAYS, 1);
    assertThat(one).isEqualTo(two);
  }

  @Test
  void keepsQuantilesAscendingWhenItMovesThem() {
    IntervalCalibration uneven =
        new IntervalCalibration(LEVELS, List.of(-1.0, 1.0, 2.0), List.of(1L, 1L, 1L));
    WindowBatch batch = new WindowBatch(1, new WindowSpec(1, 1, 1), 0, 0, 0);
    batch.add(null, 0, 0, 0);
    ForecastBatch forecasts = new ForecastBatch(1, 1, 3);
    System.arraycopy(new float[] {-1, 0, 3}, 0, forecasts.quantiles(), 0, 3);
    uneven.apply(batch, forecasts);
    assertThat(forecasts.quantiles()).isSorted();
  }

  /** Two channels, the second with twice the deviation that all quantiles claim. */
  private static CalibrationState twoChannels(int windows, double first, double second) {
    WindowBatch batch = new WindowBatch(windows, new WindowSpec(2, 2, 1), 0, 0, 0);
    ForecastBatch forecasts = new ForecastBatch(windows, 2, LEVELS.size());
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < windows; i++) {
      batch.add(null, i % 2, 0, 0);
      batch.context()[2 * i + 1] = 1;
      batch.contextObserved()[2 * i] = 1;
      batch.contextObserved()[2 * i + 1] = 1;
      for (int at = 2 * i; at < 2 * i + 2; at++) {
        batch.target()[at] = (float) ((i % 2 == 0 ? first : second) * random.nextGaussian());
        batch.targetObserved()[at] = 1;
        forecasts.quantiles()[3 * at] = -1.96f;
        forecasts.quantiles()[3 * at + 2] = 1.96f;
      }
    }
    CalibrationState state = new CalibrationState(LEVELS, 2);
    state.add(batch, forecasts);
    return state;
  }

  @Test
  void correctsAGroupOfItsOwnWhereThePooledFactorDoesNotServeIt() {
    IntervalCalibration found = twoChannels(WINDOWS, 1, 2).calibration(Calibrate.WHERE_NEEDED, .5);
    assertThat(found.groups()).containsOnlyKeys("channel 0", "channel 1");
    assertThat(found.factor("channel 0", 2)).isCloseTo(1, within(.1));
    assertThat(found.factor("channel 1", 2)).isCloseTo(2, within(.1));
    assertThat(twoChannels(WINDOWS, 1, 1).calibration(Calibrate.WHERE_NEEDED, .5).groups())
        .isEmpty();
  }

  @Test
  void seriesThatNeverMoveWidenAndNarrowNothing() {
    CalibrationState state = new CalibrationState(LEVELS, 2);
    WindowBatch batch = new WindowBatch(500, new WindowSpec(2, 2, 1), 0, 0, 0);
    ForecastBatch forecasts = new ForecastBatch(500, 2, LEVELS.size());
    for (int i = 0; i < 500; i++) {
      batch.add(null, 0, 0, 0);
      for (int at = 2 * i; at < 2 * i + 2; at++) {
        batch.context()[at] = 7;
        batch.contextObserved()[at] = 1;
        batch.target()[at] = i % 2 == 0 ? 7 : 9;
        batch.targetObserved()[at] = 1;
        java.util.Arrays.fill(forecasts.quantiles(), 3 * at, 3 * at + 3, 7);
      }
    }
    state.add(batch, forecasts);
    IntervalCalibration found =
        state.merge(twoChannels(500, 1, 1)).calibration(Calibrate.WHERE_NEEDED, .5);
    assertThat(found.corrects()).isFalse();
    assertThat(found.coverage()).extracting(Coverage::of).contains("constant");
  }

  @Test
  void aSmallGroupHasThePooledFactor() {
    assertThat(twoChannels(60, 1, 8).calibration(Calibrate.WHERE_NEEDED, .5).groups()).isEmpty();
  }

  @Test
  void measuresCoverageOfStepsAndGroups() {
    IntervalCalibration found = twoChannels(WINDOWS, 1, 2).calibration(Calibrate.WHERE_NEEDED, .5);
    assertThat(found.coverage())
        .extracting(Coverage::of)
        .containsExactly("step 1", "step 2", "channel 0", "channel 1");
    assertThat(found.coverage().get(2).found().get(0)).isCloseTo(.95, within(.01));
    assertThat(found.coverage().get(3).found().get(0)).isCloseTo(.673, within(.02));
    assertThat(found.coverage()).allMatch(measured -> measured.wanted().equals(List.of(.95)));
  }

  @Test
  void followsAChangeOfTheWorldOriginByOrigin() {
    IntervalCalibration now = IntervalCalibration.none(LEVELS);
    int beyond = 0;
    int origins = 400;
    for (int origin = 0; origin < origins; origin++) {
      double claimed = origin < 100 ? 1 : .5;
      CalibrationState seen = state(claimed, 1000 + origin, 40);
      beyond += origin < 200 ? 0 : Math.round(40 * seen.shareBeyond(2, now));
      now = now.adapted(seen, .5);
    }
    assertThat(now.factor("", 2)).isBetween(1.7, 2.3);
    assertThat(beyond / (200 * 40.0)).isCloseTo(.025, within(.01));
    assertThat(now.factor("", 1)).isEqualTo(1);
  }

  @Test
  void boundsWhatRollingUseDoes() {
    IntervalCalibration now = IntervalCalibration.none(LEVELS);
    for (int origin = 0; origin < 1000; origin++) {
      now = now.adapted(state(1e-3, origin, 10), 1);
    }
    assertThat(now.factor("", 2)).isCloseTo(8, within(1e-9));
    assertThat(now.adapted(new CalibrationState(LEVELS, 1), 1)).isEqualTo(now);
    assertThat(now.adapted(state(1, 1, 10), 0)).isEqualTo(now);
  }
}

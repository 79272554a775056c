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
    CalibrationState state = new CalibrationState(LEVELS);
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
    ForecastBatch forecasts = new ForecastBatch(1, 1, 3);
    System.arraycopy(new float[] {-1, 0, 3}, 0, forecasts.quantiles(), 0, 3);
    uneven.apply(forecasts, 1);
    assertThat(forecasts.quantiles()).isSorted();
  }
}

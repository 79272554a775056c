package io.longcast.anomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TailModelTest {
  private static TailState exponential(long seed, int count) {
    TailState state = new TailState();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      state.add(-Math.log(1 - random.nextDouble()));
    }
    return state;
  }

  @Test
  void findsTheTailOfAnExponentialFarBeyondTheData() {
    TailModel tail = TailModel.fit(exponential(7, 200_000));
    assertThat(tail.shape()).isCloseTo(0, within(.05));
    assertThat(tail.scale()).isCloseTo(1, within(.05));
    assertThat(Math.log(tail.exceedance(14))).isCloseTo(-14, within(1.5));
  }

  @Test
  void isTheEmpiricalDistributionInTheMiddle() {
    TailModel tail = TailModel.fit(exponential(8, 200_000));
    assertThat(tail.exceedance(Math.log(2))).isCloseTo(.5, within(.01));
    assertThat(tail.exceedance(1.5)).isCloseTo(Math.exp(-1.5), within(.01));
  }

  @Test
  void findsTheHeavyTailOfAParetoVariable() {
    TailState state = new TailState();
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 200_000; i++) {
      state.add(Math.pow(1 - random.nextDouble(), -.25));
    }
    assertThat(TailModel.fit(state).shape()).isCloseTo(.25, within(.05));
  }

  @Test
  void thresholdInvertsExceedance() {
    TailModel tail = TailModel.fit(exponential(10, 50_000));
    for (double p : new double[] {.5, .05, .001, 1e-6}) {
      assertThat(tail.exceedance(tail.threshold(p))).isCloseTo(p, within(p * .02));
    }
  }

  @Test
  void neverRisesWithTheValue() {
    TailModel tail = TailModel.fit(exponential(11, 300));
    double before = 1;
    for (double value = 0; value < 50; value += .05) {
      double now = tail.exceedance(value);
      assertThat(now).isPositive().isLessThanOrEqualTo(before);
      before = now;
    }
  }

  @Test
  void faultsAmongThePeaksShapeNoTail() {
    TailState peaks = exponential(12, 5000);
    TailModel clean = TailModel.ofEvents(peaks, 100_000);
    for (int i = 0; i < 100; i++) {
      peaks.add(60 + i);
    }
    TailModel dirty = TailModel.ofEvents(peaks, 100_000);
    assertThat(Math.log(dirty.exceedance(12)))
        .isCloseTo(Math.log(clean.exceedance(12)), within(1.));
    assertThat(Math.log(TailModel.fit(peaks).exceedance(12)))
        .isGreaterThan(Math.log(clean.exceedance(12) * 20) + 2);
  }

  @Test
  void anEventIsAsRareAsItsPeaksAmongTheRows() {
    TailModel tail = TailModel.ofEvents(exponential(13, 10_000), 1_000_000);
    assertThat(tail.exceedance(1)).isCloseTo(.01 * Math.exp(-1), within(2e-4));
    TailModel never = TailModel.ofEvents(new TailState(), 1_000_000);
    assertThat(never.exceedance(.1)).isLessThan(2e-6);
    assertThat(never.exceedance(0)).isEqualTo(1);
  }

  @Test
  void callsNothingUnusualWithoutData() {
    assertThat(TailModel.fit(new TailState()).exceedance(1e9)).isEqualTo(1);
  }

  @Test
  void mergesToTheSameModelInAnyOrder() {
    TailState left = exponential(1, 1000).merge(exponential(2, 500));
    TailState right = exponential(2, 500).merge(exponential(1, 1000));
    assertThat(TailModel.fit(left)).isEqualTo(TailModel.fit(right));
  }
}

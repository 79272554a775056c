package io.longcast.model.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.series.SeriesValues;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class AutocorrelationTest {
  private static final int LONGEST = 1000;

  private static Autocorrelation of(int series, int length, Values values) {
    Autocorrelation state = new Autocorrelation(1);
    for (int s = 0; s < series; s++) {
      IntToDoubleFunction one = values.of(new SplittableRandom(100 + s));
      float[] x = new float[length];
      for (int t = 0; t < length; t++) {
        x[t] = (float) one.applyAsDouble(t);
      }
      state.add(SeriesValues.of(x), length, t -> true);
    }
    return state;
  }

  private interface Values {
    IntToDoubleFunction of(SplittableRandom random);
  }

  private static IntToDoubleFunction walk(SplittableRandom random) {
    double[] at = {0};
    return t -> at[0] += random.nextGaussian();
  }

  private static int period(Autocorrelation state) {
    return state.season(LONGEST).map(Autocorrelation.Season::period).orElse(1);
  }

  @Test
  void findsASeasonOfThirtySevenSteps() {
    Values wave = r -> t -> 5 * Math.sin(2 * Math.PI * t / 37) + 2 * r.nextGaussian();
    assertThat(period(of(10, 600, wave))).isEqualTo(37);
    assertThat(of(10, 600, wave).season(LONGEST).orElseThrow().strength()).isBetween(.6, .95);
  }

  @Test
  void findsASeasonOnATrendAndOnARandomWalk() {
    assertThat(period(of(10, 600, r -> t -> .05 * t + (t % 12 == 0 ? 6 : 0) + r.nextGaussian())))
        .isEqualTo(12);
    assertThat(
            period(
                of(
                    30,
                    600,
                    r -> {
                      IntToDoubleFunction level = walk(r);
                      return t -> level.applyAsDouble(t) + 8 * Math.sin(2 * Math.PI * t / 37);
                    })))
        .isEqualTo(37);
  }

  @Test
  void findsNoSeasonWhereThereIsNone() {
    assertThat(period(of(20, 600, r -> t -> r.nextGaussian()))).isEqualTo(1);
    assertThat(period(of(1, 60, r -> t -> r.nextGaussian()))).isEqualTo(1);
    assertThat(period(of(20, 600, r -> t -> .3 * t + r.nextGaussian()))).isEqualTo(1);
    assertThat(period(of(20, 600, AutocorrelationTest::walk))).isEqualTo(1);
    assertThat(period(of(1, 2000, AutocorrelationTest::walk))).isEqualTo(1);
    assertThat(period(of(5, 600, r -> t -> 7))).isEqualTo(1);
    assertThat(period(new Autocorrelation(1))).isEqualTo(1);
  }

  @Test
  void takesTheDayAndNotTheWeekOfHours() {
    Values days =
        r -> t -> 5 * Math.sin(2 * Math.PI * t / 24) + (t / 24 % 7 < 5 ? 1 : 0) + r.nextGaussian();
    Autocorrelation found = of(10, 900, days);
    assertThat(period(found)).isEqualTo(24);
    assertThat(found.likestMultiple(24, 13)).contains(7);
  }

  @Test
  void looksAtMultiplesOfAKnownSeasonAlone() {
    Autocorrelation every = new Autocorrelation(24);
    float[] x = new float[900];
    for (int t = 0; t < x.length; t++) {
      x[t] = t / 24 % 7 + (float) Math.sin(2 * Math.PI * t / 24);
    }
    every.add(SeriesValues.of(x), x.length, t -> true);
    assertThat(every.likestMultiple(24, 13)).contains(7);
    assertThat(new Autocorrelation(24).likestMultiple(24, 13)).isEmpty();
  }

  @Test
  void seesNothingFromTheEndOn() {
    Autocorrelation clean = new Autocorrelation(1);
    Autocorrelation poisoned = new Autocorrelation(1);
    float[] x = new float[500];
    for (int t = 0; t < x.length; t++) {
      x[t] = (float) Math.sin(2 * Math.PI * t / 37);
    }
    clean.add(SeriesValues.of(x.clone()), 400, t -> true);
    java.util.Arrays.fill(x, 400, 500, Float.NaN);
    poisoned.add(SeriesValues.of(x), 400, t -> true);
    assertThat(poisoned.season(LONGEST)).isEqualTo(clean.season(LONGEST)).isPresent();
  }

  @Test
  void skipsUnobservedValues() {
    Autocorrelation state = new Autocorrelation(1);
    float[] x = new float[600];
    for (int t = 0; t < x.length; t++) {
      x[t] = t % 5 == 3 ? 1e6f : (float) Math.sin(2 * Math.PI * t / 37);
    }
    state.add(SeriesValues.of(x), x.length, t -> t % 5 != 3);
    assertThat(period(state)).isEqualTo(37);
  }

  @Test
  void mergesInAnyOrder() {
    Values wave = r -> t -> Math.sin(2 * Math.PI * t / 37) + r.nextGaussian();
    Autocorrelation one = of(3, 400, wave).merge(of(5, 300, wave));
    Autocorrelation two = of(5, 300, wave).merge(of(3, 400, wave));
    assertThat(one.season(LONGEST)).isEqualTo(two.season(LONGEST)).isPresent();
  }
}

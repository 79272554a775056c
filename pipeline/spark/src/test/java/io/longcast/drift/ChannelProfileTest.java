package io.longcast.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.drift.ChannelProfile.Figures;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelProfileTest {
  private static final int SEASON = 24;
  private static final int WINDOW = 96;

  private static ChannelProfile profile(double... values) {
    return ChannelProfile.of(values, WINDOW, SEASON, 48);
  }

  /** A hundred values 1 to 100, ten in each interval; of ten recent ones eight in the last. */
  @Test
  void measuresTheStabilityIndexByHand() {
    ChannelProfile profile = profile(IntStream.rangeClosed(1, 100).asDoubleStream().toArray());
    assertThat(profile.shares()).allSatisfy(share -> assertThat(share).isCloseTo(.1, within(1e-9)));
    double[] recent = {1, 50, 95, 96, 97, 98, 99, 100, 101, 102};
    Figures figures = profile.figures(recent, 0, recent.length, 1);
    // Eight in the last interval, one in each of two, none in seven (taken for half a value each).
    double expected = .7 * Math.log(8) + 7 * (.05 - .1) * Math.log(.5);
    assertThat(figures.stability()).isCloseTo(expected, within(1e-9));
    assertThat(figures.shift()).isCloseTo((97.5 - 50.5) / 49.5, within(1e-9));
    assertThat(figures.values()).isEqualTo(10);
  }

  private static double[] daily(int steps, long seed, double level) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[steps];
    for (int t = 0; t < steps; t++) {
      values[t] = level + 10 * Math.sin(2 * Math.PI * t / SEASON) + 4 * random.nextDouble();
    }
    return values;
  }

  @Test
  void isNotUpsetByTheDayNorByALargeLevel() {
    for (double level : new double[] {0, 1e9}) {
      ChannelProfile profile = profile(daily(30 * SEASON, 1, level));
      double[] recent = daily(10 * SEASON, 2, level);
      Figures figures = profile.figures(recent, recent.length - WINDOW, recent.length, SEASON);
      assertThat(figures.stability()).isLessThan(.25);
      assertThat(Math.abs(figures.shift())).isLessThan(.2);
      assertThat(figures.season()).isGreaterThan(.9);
      assertThat(profile.usual().season()).isGreaterThan(.9);
    }
  }

  @Test
  void seesAnotherLevelAndALostSeason() {
    ChannelProfile profile = profile(daily(30 * SEASON, 1, 0));
    double[] shifted = daily(WINDOW + SEASON, 2, 15);
    Figures figures = profile.figures(shifted, SEASON, shifted.length, SEASON);
    assertThat(figures.stability()).isGreaterThan(1);
    assertThat(figures.shift()).isGreaterThan(.5);
    SplittableRandom random = new SplittableRandom(4);
    double[] flat =
        IntStream.range(0, WINDOW + SEASON)
            .mapToDouble(t -> 20 * random.nextDouble() - 8)
            .toArray();
    assertThat(profile.figures(flat, SEASON, flat.length, SEASON).season()).isLessThan(.4);
  }

  /** A series that always wanders is judged by how far it has wandered before. */
  @Test
  void knowsHowMuchTheSeriesItselfVaried() {
    SplittableRandom random = new SplittableRandom(3);
    double[] walk = new double[40 * SEASON];
    for (int t = 1; t < walk.length; t++) {
      walk[t] = walk[t - 1] + random.nextDouble() - .5;
    }
    assertThat(profile(walk).usual().stability()).isGreaterThan(1);
    assertThat(profile(daily(30 * SEASON, 1, 0)).usual().stability()).isLessThan(.25);
  }

  @Test
  void countsWhatIsMissing() {
    double[] values = daily(10 * SEASON, 1, 0);
    Arrays.fill(values, 24, 48, Double.NaN);
    ChannelProfile profile = profile(values);
    assertThat(profile.missing()).isCloseTo(.1, within(1e-9));
    assertThat(profile.usual().missing()).isCloseTo(0, within(1e-9));
    Figures none = profile.figures(values, 24, 48, SEASON);
    assertThat(none.missing()).isEqualTo(1);
    assertThat(none.values()).isZero();
    ChannelProfile empty = profile(Double.NaN, Double.NaN);
    assertThat(empty.values()).isZero();
    assertThat(empty.figures(values, 0, 48, SEASON).stability()).isZero();
  }
}

package io.longcast.model.zero.season;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SeasonDetectorTest {
  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void findsADayAndAWeek() {
    Seasons found =
        detect(
            672,
            t -> Math.sin(2 * Math.PI * t / 24) * (t / 24 % 7 >= 5 ? 0.3 : 1) + 0.1 * gaussian());
    assertThat(found).isEqualTo(new Seasons(24, 168));
  }

  @Test
  void findsTheMonthsOfAYearUnderATrend() {
    Seasons found = detect(96, t -> 0.3 * t + 2 * Math.cos(2 * Math.PI * t / 12) + gaussian() / 2);
    assertThat(found.first()).isEqualTo(12);
  }

  @Test
  void findsNoneInALineWithNoise() {
    assertThat(detect(120, t -> t + 0.3 * gaussian())).isEqualTo(Seasons.NONE);
  }

  @Test
  void findsNoneInAConstantOrAShortSeries() {
    assertThat(detect(300, t -> 4)).isEqualTo(Seasons.NONE);
    assertThat(detect(8, t -> t % 2)).isEqualTo(Seasons.NONE);
  }

  @Test
  void ignoresValuesThatWereNotObserved() {
    double[] x = values(2000, t -> Math.sin(2 * Math.PI * t / 20) + 0.05 * gaussian());
    boolean[] observed = new boolean[2000];
    for (int t = 0; t < 2000; t++) {
      observed[t] = random.nextDouble() > 0.2;
      x[t] = observed[t] ? x[t] : 1e6;
    }
    assertThat(new SeasonDetector().detect(x, observed).first()).isEqualTo(20);
  }

  @Test
  void countsPairsLikeTheSumItself() {
    double[] x = values(50, t -> gaussian());
    boolean[] observed = new boolean[50];
    for (int t = 0; t < 50; t++) {
      observed[t] = t % 3 != 1;
    }
    double[] r = new FourierAutocorrelation().of(x, observed, 20);
    double squares = 0;
    double products = 0;
    int n = 0;
    int pairs = 0;
    for (int t = 0; t < 50; t++) {
      if (observed[t]) {
        squares += x[t] * x[t];
        n++;
      }
      if (t >= 7 && observed[t] && observed[t - 7]) {
        products += x[t] * x[t - 7];
        pairs++;
      }
    }
    assertThat(r[7])
        .isCloseTo(products / pairs / (squares / n), org.assertj.core.api.Assertions.within(1e-9));
  }

  private Seasons detect(int n, IntToDoubleFunction value) {
    boolean[] observed = new boolean[n];
    Arrays.fill(observed, true);
    return new SeasonDetector().detect(values(n, value), observed);
  }

  private static double[] values(int n, IntToDoubleFunction value) {
    double[] x = new double[n];
    for (int t = 0; t < n; t++) {
      x[t] = value.applyAsDouble(t);
    }
    return x;
  }

  private double gaussian() {
    return random.nextGaussian();
  }
}

package io.longcast.anomaly.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StuckTimeTest {

  private static double[] scores(double[] values) {
    StuckTime stuck = new StuckTime();
    return Arrays.stream(values).map(stuck::next).toArray();
  }

  private static double most(double[] scores, int from, int to) {
    return Arrays.stream(scores, from, to).max().orElseThrow();
  }

  /** Rests of 30 rows every 200; from row 970 on one of 130. */
  @Test
  void aValueThatRestsAsARuleIsStuckOnlyWhereItRestsLonger() {
    double[] values = new double[1200];
    for (int t = 0; t < values.length; t++) {
      boolean rests = t % 200 >= 170 || t >= 1000 && t < 1100;
      values[t] = rests ? 5 : 10 + t % 7;
    }
    double[] scores = scores(values);
    assertThat(most(scores, 170, 200)).isCloseTo(Math.log(30), within(1e-9));
    assertThat(most(scores, 370, 400)).isCloseTo(Math.log(30), within(1e-9));
    assertThat(most(scores, 400, 1000)).isZero();
    assertThat(most(scores, 1000, 1100)).isCloseTo(Math.log(130 / 30.0), within(1e-9));
  }

  @Test
  void oneFaultDoesNotHideTheNext() {
    double[] values = new double[900];
    for (int t = 0; t < values.length; t++) {
      values[t] = t >= 300 && t < 400 || t >= 700 && t < 750 ? -1 : t % 7;
    }
    assertThat(most(scores(values), 700, 750)).isCloseTo(Math.log(50), within(1e-9));
  }

  @Test
  void aValueThatRarelyMovesIsNotStuck() {
    double[] values = new double[500];
    Arrays.fill(values, 250, 500, 1);
    assertThat(scores(values)).containsOnly(0);
  }
}

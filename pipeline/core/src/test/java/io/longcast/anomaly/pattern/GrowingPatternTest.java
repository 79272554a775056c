package io.longcast.anomaly.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.state.StateFormat;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrowingPatternTest {
  private static final StateFormat FORMAT = new StateFormat("pattern", 1, "learn anew");
  private static final int PERIOD = 96;

  private static double[] values(int rows, int odd) {
    SplittableRandom random = new SplittableRandom(5);
    double[] values = new double[rows];
    for (int t = 0; t < rows; t++) {
      double wave = Math.sin(2 * Math.PI * t / PERIOD) + Math.sin(6 * Math.PI * t / PERIOD);
      boolean isOdd = t >= odd && t < odd + PERIOD;
      values[t] = (isOdd ? -wave : wave) + .1 * random.nextGaussian();
    }
    return values;
  }

  private static GrowingPattern learned(double[] values, int rows) {
    GrowingPattern pattern = new GrowingPattern(PatternSpec.DEFAULT);
    pattern.learn(Arrays.copyOf(values, rows));
    return pattern;
  }

  private static GrowingPattern restored(GrowingPattern pattern) {
    byte[] bytes = FORMAT.write(pattern::fields);
    GrowingPattern again =
        FORMAT.read(
            bytes,
            fields -> {
              GrowingPattern empty = new GrowingPattern(PatternSpec.DEFAULT);
              empty.fields(fields);
              return empty;
            });
    assertThat(FORMAT.write(again::fields)).isEqualTo(bytes);
    return again;
  }

  /** Forty rows hold no period of 96; what they teach is replaced once there are more. */
  @Test
  void learnsThePeriodOnceItHasSeenEnough() {
    double[] values = values(3000, 2500);
    GrowingPattern pattern = learned(values, 40);
    assertThat(pattern.described()).doesNotContain("period 96");
    double usual = 0;
    double odd = 0;
    for (int t = 40; t < values.length; t++) {
      pattern.next(values[t], Double.NaN);
      usual = t >= 1700 && t < 2500 ? Math.max(usual, pattern.score()) : usual;
      odd = t >= 2500 ? Math.max(odd, pattern.score()) : odd;
    }
    assertThat(pattern.described()).contains("period 96");
    assertThat(odd).isGreaterThan(2 * usual);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 40, 500, 1536, 2500})
  void restoresToTheBitWhereverItIsInterrupted(int learned) {
    double[] values = values(3200, 2700);
    Arrays.fill(values, 600, 640, Double.NaN);
    GrowingPattern through = learned(values, learned);
    GrowingPattern interrupted = learned(values, learned);
    for (int t = learned; t < values.length; t++) {
      through.next(values[t], Double.NaN);
      interrupted.next(values[t], Double.NaN);
      assertThat(interrupted.score()).as("row %d", t).isEqualTo(through.score());
      assertThat(interrupted.settledScore()).isEqualTo(through.settledScore());
      assertThat(interrupted.settledRows()).isEqualTo(through.settledRows());
      interrupted = t % 61 == 0 ? restored(interrupted) : interrupted;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 400, 5000})
  void stateIsSmallAtAllTimes(int learned) {
    double[] values = values(6000, 6000);
    double[] noise = values.clone();
    SplittableRandom random = new SplittableRandom(1);
    Arrays.setAll(noise, t -> random.nextGaussian());
    for (double[] each : new double[][] {values, noise}) {
      GrowingPattern pattern = learned(each, learned);
      int largest = 0;
      for (int t = learned; t < each.length; t++) {
        pattern.next(each[t], Double.NaN);
        largest = t % 97 == 0 || t == 1534 ? Math.max(largest, bytes(pattern)) : largest;
      }
      assertThat(largest).isLessThan(64 * 1024);
    }
  }

  private static int bytes(GrowingPattern pattern) {
    return FORMAT.write(pattern::fields).length;
  }

  @Test
  void scoresNothingWithoutRows() {
    GrowingPattern pattern = learned(new double[0], 0);
    for (int t = 0; t < 15; t++) {
      pattern.next(t % 2, Double.NaN);
      assertThat(pattern.score()).isZero();
      assertThat(pattern.settledRows()).isZero();
    }
  }
}

package io.longcast.anomaly.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NormalBankTest {
  private static final PatternSpec SPEC = new PatternSpec(256);
  private static final PatternUnits SAME = new PatternUnits(0, 1);
  private static final int PERIOD = 24;
  private static final double WINDOW = 6;

  private static double[] noise(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[rows];
    for (int t = 0; t < rows; t++) {
      values[t] = Math.sin(2 * Math.PI * t / PERIOD) + .3 * random.nextGaussian();
    }
    return values;
  }

  /** The definition: weights a(1 - a)^k over all rows back, each stretch less its own mean. */
  private static double distance(double[] values, int at, double[] bank, int row) {
    double a = 1 / WINDOW;
    double mean = 0;
    double bankMean = 0;
    double square = 0;
    for (int k = 0; k <= 150; k++) {
      double weight = a * Math.pow(1 - a, k);
      mean += weight * values[at - k];
      bankMean += weight * bank[row - k];
    }
    for (int k = 0; k <= 150; k++) {
      double off = values[at - k] - mean - bank[row - k] + bankMean;
      square += a * Math.pow(1 - a, k) * off * off;
    }
    return Math.sqrt(square);
  }

  @Test
  void isTheDistanceToTheNearestStretchByDefinition() {
    double[] normal = noise(256, 1);
    double[] values = noise(400, 2);
    NormalBank bank = new NormalBank(new PlainKernels(), WINDOW / PERIOD, PERIOD, 256);
    bank.learn(PatternSample.of(SPEC, normal), SAME, PatternSample.MANY);
    for (int t = 0; t < values.length; t++) {
      float found = bank.next((float) values[t], false);
      if (t >= 200 && t % 20 == 0) {
        double least = Double.MAX_VALUE;
        for (int row = 151; row < normal.length; row++) {
          least = Math.min(least, distance(values, t, normal, row));
        }
        // rows of the bank before the 151st have too short a past for the definition
        assertThat((double) found).isLessThan(least + 1e-3);
      }
    }
  }

  @Test
  void isNearlyNothingOnRowsThatItKnows() {
    double[] normal = noise(256, 1);
    NormalBank bank = new NormalBank(new PlainKernels(), WINDOW / PERIOD, PERIOD, 256);
    bank.learn(PatternSample.of(SPEC, normal), SAME, PatternSample.MANY);
    float last = 0;
    for (double value : normal) {
      last = bank.next((float) value, false);
    }
    assertThat(last).isLessThan(2e-3f);
  }

  @Test
  void learnsRowsOfAShortPastOnePeriodLater() {
    double[] normal = noise(60, 1);
    NormalBank bank = new NormalBank(new PlainKernels(), WINDOW / PERIOD, PERIOD, 256);
    bank.learn(PatternSample.of(SPEC, normal), SAME, PatternSample.MANY);
    double[] odd = new double[PERIOD];
    Arrays.setAll(odd, t -> t % 2 == 0 ? 3 : -3);
    float first = 0;
    for (double value : odd) {
      first = bank.next((float) value, true);
    }
    float again = 0;
    for (int k = 0; k < 4; k++) {
      for (double value : odd) {
        again = bank.next((float) value, true);
      }
    }
    assertThat(first).isGreaterThan(.5f);
    assertThat(again).isLessThan(.2f * first);
  }

  @Test
  void leavesOutTheLastQuarterWhereAsked() {
    double[] normal = noise(256, 1);
    for (int t = 200; t < 256; t++) {
      normal[t] = t % 2 == 0 ? 3 : -3;
    }
    NormalBank bank = new NormalBank(new PlainKernels(), WINDOW / PERIOD, PERIOD, 256);
    bank.learn(PatternSample.of(SPEC, normal), SAME, PatternSample.MANY);
    bank.useLastQuarter(false);
    float without = 0;
    for (int t = 0; t < 60; t++) {
      without = bank.next(t % 2 == 0 ? 3 : -3, false);
    }
    bank.useLastQuarter(true);
    float with = 0;
    for (int t = 0; t < 60; t++) {
      with = bank.next(t % 2 == 0 ? 3 : -3, false);
    }
    assertThat(without).isGreaterThan(1);
    assertThat((double) with).isCloseTo(0, within(.05));
  }
}

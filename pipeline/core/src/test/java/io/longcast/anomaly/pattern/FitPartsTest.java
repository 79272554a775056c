package io.longcast.anomaly.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a scorer is fitted with, against known answers. */
class FitPartsTest {
  private static float[] wave(int rows, double period, double noise) {
    SplittableRandom random = new SplittableRandom(7);
    float[] values = new float[rows];
    for (int t = 0; t < rows; t++) {
      values[t] = (float) (Math.sin(2 * Math.PI * t / period) + noise * random.nextGaussian());
    }
    return values;
  }

  @Test
  void findsThePeriod() {
    assertThat(Period.of(wave(3000, 24, .2), 3000)).isEqualTo(new Period(24, true));
    assertThat(Period.of(wave(9000, 288, .05), 9000).rows()).isCloseTo(288, within(2));
    Period none = Period.of(wave(3000, 24, 50), 3000);
    assertThat(none).isEqualTo(new Period(100, false));
    assertThat(Period.of(new float[3000], 3000)).isEqualTo(new Period(100, false));
    assertThat(Period.of(new float[40], 40).rows()).isEqualTo(8);
  }

  @Test
  void forecastsWhatIsLinear() {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[2000];
    for (int t = 2; t < values.length; t++) {
      values[t] =
          (float) (.4 + 1.2 * values[t - 1] - .5 * values[t - 2] + .1 * random.nextGaussian());
    }
    LinearForecast forecast = LinearForecast.of(values, values.length);
    double square = 0;
    for (int t = 100; t < values.length - 1; t++) {
      double next = .4 + 1.2 * values[t] - .5 * values[t - 1];
      square += Math.pow(forecast.next(values, t) - next, 2) / values.length;
    }
    assertThat(Math.sqrt(square)).isLessThan(.02);
  }

  @Test
  void solvesNormalEquations() {
    double[][] matrix = {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}};
    double[] solution = NormalEquations.solve(matrix, new double[] {9, 4, 2});
    assertThat(solution).containsExactly(new double[] {13 / 6.0, 1 / 3.0, 5 / 6.0}, within(1e-5));
    assertThat(NormalEquations.solve(new double[][] {{1, 1}, {1, 1}}, new double[] {2, 2}))
        .satisfies(both -> assertThat(both[0] + both[1]).isCloseTo(2, within(1e-6)));
  }

  @Test
  void spansTheLeadingAxes() {
    double[][] matrix = {{9, 0, 0, 0}, {0, 4, 2, 0}, {0, 2, 4, 0}, {0, 0, 0, .1}};
    double[][] basis = PrincipalSubspace.of(matrix, 2).basis();
    for (double[] axis : basis) {
      assertThat(axis[3]).isCloseTo(0, within(1e-6));
      assertThat(axis[1]).isCloseTo(axis[2], within(1e-6));
    }
    double[][] all = PrincipalSubspace.of(new double[3][3], 3).basis();
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        double dot = 0;
        for (int i = 0; i < 3; i++) {
          dot += all[a][i] * all[b][i];
        }
        assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-9));
      }
    }
  }

  @Test
  void tellsCountersFromLevels() {
    SplittableRandom random = new SplittableRandom(3);
    double[] counter = new double[500];
    double[] level = new double[500];
    double[] steps = new double[500];
    for (int t = 1; t < 500; t++) {
      counter[t] = t % 300 == 0 ? 0 : counter[t - 1] + random.nextInt(5);
      level[t] = level[t - 1] + random.nextGaussian();
      steps[t] = t / 100;
    }
    assertThat(Form.of(counter)).isEqualTo(Form.COUNTER);
    assertThat(Form.of(level)).isEqualTo(Form.LEVELS);
    assertThat(Form.of(steps)).isEqualTo(Form.LEVELS);
    assertThat(Form.of(new double[500])).isEqualTo(Form.LEVELS);
    assertThat(Form.increase(7, 9)).isEqualTo(2);
    assertThat(Form.increase(900, 4)).isEqualTo(4);
  }

  @Test
  void unitsOfAConstantAreAThousandthOfIt() {
    assertThat(PatternUnits.of(new double[] {5, 5, 5})).isEqualTo(new PatternUnits(5, .005));
    assertThat(PatternUnits.of(new double[100]).scale(1)).isEqualTo(1000);
    assertThat(PatternUnits.of(new double[] {1, 3}).scale(4)).isEqualTo(2);
  }
}

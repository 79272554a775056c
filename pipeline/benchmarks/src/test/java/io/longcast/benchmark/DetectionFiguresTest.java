package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.anomaly.alarm.AlarmRule;
import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.RowInterval;
import io.longcast.evaluate.SkillInterval;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DetectionFiguresTest {
  private static final int ROWS = 300;
  private static final int LEARNED = 100;
  private static final AlarmRule RULE = new AlarmRule(2, .01, 0, 0, false);

  private static BudgetFigures figures(List<RowInterval> labels, int... alarms) {
    double[][] rows = new double[ROWS][1];
    double[] surprisals = new double[ROWS];
    Arrays.stream(alarms).forEach(row -> surprisals[row] = 3);
    BudgetFigures figures = new BudgetFigures();
    LabelledSeries series = new LabelledSeries(new RowSeries("s", null, rows, LEARNED), labels);
    figures.add(series, surprisals, RULE, 190);
    return figures;
  }

  @Test
  void countsAlarmsOnNormalRowsByTheWeek() {
    BudgetFigures figures =
        figures(List.of(new RowInterval(200, 209)), 50, 120, 121, 150, 200, 204);
    assertThat(figures.realised(1)).isCloseTo(2, within(1e-9));
    assertThat(figures.realised(4)).isCloseTo(.5, within(1e-9));
    assertThat(figures.eventRecall()).isEqualTo(1);
    assertThat(figures.eventPrecision()).isEqualTo(.5);
    assertThat(figures.falseAlarmRows()).isCloseTo(3 / 190.0, within(1e-12));
    assertThat(figures.pointF1()).isCloseTo(2 * 2 / (2 * 2 + 3 + 8.0), within(1e-12));
  }

  /** A label alarmed at its 8th row counts as a whole, at its 9th not at all. */
  @Test
  void theChallengeWantsItsAlarmInTime() {
    List<RowInterval> label = List.of(new RowInterval(200, 219));
    assertThat(figures(label, 207).challengeF1()).isEqualTo(1);
    assertThat(figures(label, 208).challengeF1()).isEqualTo(0);
  }

  @Test
  void intervalsOfAMeanHoldIt() {
    SplittableRandom random = new SplittableRandom(1);
    SeriesFigures figures = new SeriesFigures();
    random.doubles(100).forEach(figures::add);
    figures.add(Double.NaN);
    SkillInterval interval = figures.interval(2000, 1);
    double width = 1.96 * Math.sqrt(1 / 12.0 / 100);
    assertThat(interval.lower()).isCloseTo(figures.mean() - width, within(.03));
    assertThat(interval.upper()).isCloseTo(figures.mean() + width, within(.03));
    assertThat(new SeriesFigures().mean()).isNaN();
  }

  /** Against all windows one by one. */
  @Test
  void theProfileIsTheDistanceToTheNearestNormalisedWindow() {
    SplittableRandom random = new SplittableRandom(3);
    double[] values = new double[900];
    Arrays.setAll(values, t -> Math.sin(2 * Math.PI * t / 20) + .2 * random.nextGaussian());
    SubsequenceProfile profile = new SubsequenceProfile(400);
    double[] scores = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      scores[t] = profile.next(0, new double[] {values[t]});
    }
    for (int t : new int[] {400, 433, 610, 899}) {
      double least = Double.MAX_VALUE;
      for (int end = 19; end <= t - 21; end++) {
        least = Math.min(least, distance(values, end, t));
      }
      assertThat(scores[t]).as("row %d", t).isCloseTo(least, within(1e-6));
    }
  }

  private static double distance(double[] values, int one, int other) {
    double[] a = normalised(values, one);
    double[] b = normalised(values, other);
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return Math.sqrt(sum);
  }

  private static double[] normalised(double[] values, int end) {
    double[] window = Arrays.copyOfRange(values, end - 19, end + 1);
    double mean = Arrays.stream(window).average().orElseThrow();
    double square = Arrays.stream(window).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    return Arrays.stream(window).map(v -> (v - mean) / Math.sqrt(square)).toArray();
  }
}

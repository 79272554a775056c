package io.longcast.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.series.SeriesValues;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ForecastScoresTest {
  private static final List<Double> LEVELS = List.of(0.1, 0.5, 0.9);

  /** Two steps, errors 1 and -2, scale: absolute 2, squared 10. */
  private static WindowForecast window(float[] observed) {
    return new WindowForecast(
        new float[] {10, 20},
        observed,
        new float[] {9, 22},
        new float[] {8, 9, 12, 21, 22, 25},
        new ErrorScale(2, 10));
  }

  private static Map<String, Metric> metrics(ForecastScores scores) {
    return scores.metrics().stream().collect(Collectors.toMap(Metric::name, m -> m));
  }

  @Test
  void agreesWithPointMetricsWorkedByHand() {
    ForecastScores scores = new ForecastScores(LEVELS, 2);
    scores.add("a", window(null));
    Map<String, Metric> metrics = metrics(scores);
    assertThat(metrics.get("mase").value()).isEqualTo(1.5 / 2);
    assertThat(metrics.get("rmsse").value()).isCloseTo(Math.sqrt(2.5 / 10), within(1e-12));
    assertThat(metrics.get("smape").value())
        .isCloseTo((200.0 / 19 + 400.0 / 42) / 2, within(1e-12));
    assertThat(metrics.get("wape").value()).isCloseTo(3.0 / 30, within(1e-12));
    assertThat(metrics.get("mse").value()).isEqualTo(2.5);
    assertThat(metrics.get("mae").value()).isEqualTo(1.5);
    assertThat(metrics.get("mae").count()).isEqualTo(2);
  }

  @Test
  void agreesWithQuantileMetricsWorkedByHand() {
    ForecastScores scores = new ForecastScores(LEVELS, 2);
    scores.add("a", window(null));
    Map<String, Metric> metrics = metrics(scores);
    // step 1: 0.1*2, 0.5*1, 0.1*2 = 0.9 ; step 2: 0.9*1, 0.5*2, 0.1*5 = 2.4
    assertThat(metrics.get("wql").value()).isCloseTo(2 * 3.3 / 3 / 30, within(1e-6));
    // widths 0.3 0.4 0.3: ((0.2 + 0.9) * 0.3 + (0.5 + 1) * 0.4 + (0.2 + 0.5) * 0.3) * 2 / 2 values
    assertThat(metrics.get("crps").value()).isCloseTo(1.14, within(1e-6));
    // inside at step 1, below at step 2: widths 4 and 4, miss 1 at 2 / 0.2
    assertThat(metrics.get("coverage_80").value()).isEqualTo(0.5);
    assertThat(metrics.get("msis_80").value()).isCloseTo((4 + 4 + 10.0) / 2 / 2, within(1e-6));
    assertThat(scores.interval(80).orElseThrow().coverageByStep())
        .extracting(Metric::value)
        .containsExactly(1.0, 0.0);
  }

  @Test
  void leavesUnobservedValuesOut() {
    ForecastScores scores = new ForecastScores(LEVELS, 2);
    scores.add("a", window(new float[] {1, 0}));
    assertThat(metrics(scores).get("mae").value()).isEqualTo(1);
    assertThat(metrics(scores).get("coverage_80").count()).isEqualTo(1);
  }

  @Test
  void isNaNWithCountZeroWithoutData() {
    ForecastScores scores = new ForecastScores(LEVELS, 2);
    scores.add("a", window(new float[] {0, 0}));
    assertThat(scores.metrics())
        .isNotEmpty()
        .allSatisfy(
            metric -> {
              assertThat(metric.count()).isZero();
              assertThat(metric.value()).isNaN();
            });
  }

  @Test
  void mergesToTheSameCountsInAnyOrder() {
    ForecastScores left = new ForecastScores(LEVELS, 2);
    ForecastScores right = new ForecastScores(LEVELS, 2);
    ForecastScores whole = new ForecastScores(LEVELS, 2);
    left.add("a", window(null));
    right.add("b", window(new float[] {0, 1}));
    whole.add("a", window(null));
    whole.add("b", window(new float[] {0, 1}));
    right.merge(left);
    assertThat(right.metrics()).isEqualTo(whole.metrics());
  }

  @Test
  void findsTheSeriesThatIsCoveredLeast() {
    ForecastScores scores = new ForecastScores(LEVELS, 2);
    for (int i = 0; i < 20; i++) {
      scores.add("good " + i, window(new float[] {1, 0}));
    }
    scores.add("bad", window(new float[] {0, 1}));
    Metric worst = metrics(scores).get("coverage_80_worst_twentieth");
    assertThat(worst.count()).isEqualTo(2);
    assertThat(worst.value()).isEqualTo(0.5);
  }

  @Test
  void scalesByTheSeasonalNaiveBeforeTheOrigin() {
    ErrorScale scale = ErrorScale.of(SeriesValues.of(1, 2, 4, 8, 1000), 0, 4, 2);
    assertThat(scale).isEqualTo(new ErrorScale((3 + 6) / 2.0, (9 + 36) / 2.0));
    assertThat(ErrorScale.of(SeriesValues.of(1, 2, 4, 8), new long[] {0b1011}, 0, 4, 2).absolute())
        .isEqualTo(6);
    assertThat(ErrorScale.of(SeriesValues.of(1, 2), 0, 2, 2).absolute()).isNaN();
    assertThatThrownBy(() -> ErrorScale.of(SeriesValues.of(1, 2), 0, 2, 0))
        .hasMessage("season must be >= 1, found 0");
  }

  @Test
  void averagesBothRatiosToOwa() {
    PointErrors errors = new PointErrors();
    errors.add(window(null));
    assertThat(new OverallWeightedAverage(10, 3).of(errors).value())
        .isCloseTo(0.5 * (errors.smape().value() / 10 + 0.25), within(1e-12));
  }

  @Test
  void tellsACertainSkillFromALuckyOne() {
    double[] baseline = new double[100];
    double[] better = new double[100];
    double[] lucky = new double[100];
    for (int i = 0; i < 100; i++) {
      baseline[i] = 10 + i % 7;
      better[i] = 0.8 * baseline[i];
      lucky[i] = i == 0 ? 0 : baseline[i] * (i % 2 == 0 ? 1.3 : 0.7);
    }
    SkillInterval sure = SkillInterval.bootstrap(better, baseline, 0.95, 500, 1);
    assertThat(sure.skill()).isCloseTo(0.2, within(1e-12));
    assertThat(sure.isBetter()).isTrue();
    assertThat(SkillInterval.bootstrap(lucky, baseline, 0.95, 500, 1).isBetter()).isFalse();
    assertThat(SkillInterval.bootstrap(better, baseline, 0.95, 500, 1)).isEqualTo(sure);
    assertThat(SkillInterval.bootstrap(new double[0], new double[0], 0.95, 5, 1).skill()).isNaN();
  }
}

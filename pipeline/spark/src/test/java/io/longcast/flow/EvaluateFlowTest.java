package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.backtest.AccuracySpec;
import io.longcast.backtest.AccuracyStage;
import io.longcast.backtest.FleetAccuracy;
import io.longcast.evaluate.ErrorScale;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluateFlowTest {
  private static final AccuracyStage.Plan PLAN =
      new AccuracyStage.Plan(List.of("heat"), List.of(.025, .975), 2, 1, "m");
  private static final Map<String, Double> PROMISED = Map.of("mase", 1.0, "coverage_95", 0.95);

  /** Two values of 10; both forecasts are off by some units of the scale, with an interval of 1. */
  private static FleetAccuracy accuracy(float off) {
    AccuracyStage.Window window =
        new AccuracyStage.Window(
            0,
            0,
            0,
            new float[] {10, 10},
            new float[] {1, 1},
            new float[] {10 + off, 10 + off},
            new float[] {9.5f + off, 10.5f + off, 9.5f + off, 10.5f + off},
            new ErrorScale(1, 1));
    return new FleetAccuracy(PLAN).add(new AccuracyStage.SeriesAccuracy("a", List.of(window)));
  }

  private static List<String> problems(float off, AccuracySpec limits) {
    return EvaluateFlow.problems(accuracy(off), PROMISED, limits);
  }

  @Test
  void namesWhatIsWorseThanPromised() {
    AccuracySpec limits = new AccuracySpec(.25, .05, 2, Duration.ZERO);
    assertThat(problems(.4f, limits)).isEmpty();
    assertThat(problems(1.2f, limits))
        .singleElement()
        .asString()
        .startsWith("coverage of the 95 % interval 0.000, promised 0.950: below 0.900");
    assertThat(problems(1.3f, limits))
        .hasSize(2)
        .element(0)
        .asString()
        .isEqualTo("MASE 1.300, promised 1.000: above 1.250 (evaluate.maxMaseIncrease)");
  }

  @Test
  void concludesNothingFromFewValues() {
    assertThat(problems(9, new AccuracySpec(.25, .05, 3, Duration.ZERO))).isEmpty();
  }
}

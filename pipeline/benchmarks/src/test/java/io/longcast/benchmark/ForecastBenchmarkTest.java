package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.baseline.Baseline;
import io.longcast.testing.PublicData;
import io.longcast.testing.ReportFrame;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published and listed figures of simple methods, reproduced through the protocols. */
class ForecastBenchmarkTest {

  private static ForecastBenchmark benchmark(String name, String folder) {
    Path conf = Path.of(System.getProperty("longcast.root"), "conf", "benchmarks", name + ".conf");
    return new ForecastBenchmark(BenchmarkFile.protocol(conf), PublicData.folder(folder), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "NAIVE, 43.003, 11.608, 3.593, 5e-4",
    "SEASONAL_NAIVE, 13.912, 1.193, 0.627, 5e-4",
    "NAIVE2, 18.383, 2.395, 1.000, 5e-4",
    "SES, 18.094, 2.385, 0.990, 5e-3",
    "THETA, 18.138, 2.455, 1.006, 5e-3",
  })
  void reproducesPublishedFiguresOfM4Hourly(
      Baseline baseline, double smape, double mase, double owa, double tolerance) {
    Map<String, Double> figures = benchmark("m4", "m4").baseline(baseline);
    assertThat(figures.get("smape")).isCloseTo(smape, within(tolerance));
    assertThat(figures.get("mase")).isCloseTo(mase, within(tolerance));
    assertThat(figures.get("owa")).isCloseTo(owa, within(1e-3));
  }

  @Test
  void reproducesRepeatAndSeasonalNaiveOnEtth1() {
    ForecastBenchmark ett = benchmark("ett", "ett");
    Map<String, Double> repeat = ett.baseline(Baseline.NAIVE);
    assertThat(repeat.get("mse")).isCloseTo(1.294, within(5e-4));
    assertThat(repeat.get("mae")).isCloseTo(0.713, within(5e-4));
    assertThat(repeat.get("mse_336")).isCloseTo(1.330, within(5e-4));
    assertThat(repeat.get("mse_univariate")).isCloseTo(0.069, within(5e-4));
    assertThat(repeat.get("mae_univariate_720")).isCloseTo(0.283, within(5e-4));
    Map<String, Double> seasonal = ett.baseline(Baseline.SEASONAL_NAIVE);
    assertThat(seasonal.get("mse")).isCloseTo(0.512, within(5e-4));
    assertThat(seasonal.get("mae")).isCloseTo(0.433, within(5e-4));
    assertThat(seasonal.get("mse_720")).isCloseTo(0.655, within(5e-4));
    assertThat(seasonal.get("mse_univariate")).isCloseTo(0.071, within(5e-4));
  }

  @Test
  void scoresTheRandomWalkAtOneAndCountsThePublishedSamplesOfStocks() {
    ForecastBenchmark stocks = benchmark("stocks", "stocks");
    Map<String, Double> walk = stocks.baseline(Baseline.NAIVE);
    assertThat(walk.get("mase")).isCloseTo(1, within(1e-6));
    assertThat(walk.get("samples")).isEqualTo(2555);
    assertThat(walk.get("days")).isEqualTo(42);
    // Independent samples would put the ends 0.019 from the middle.
    assertThat(walk.get("accuracy") - walk.get("accuracy_lower")).isGreaterThan(.06);
    assertThat(walk.get("accuracy_upper") - walk.get("accuracy")).isGreaterThan(.06);
    assertThat(stocks.tasks().get(0).segments()).hasSize(87);
  }

  @Test
  void reportsTheModelBesideBaselinesAndPublished() {
    BenchmarkReport report =
        benchmark("m4", "m4")
            .run(
                Map.of(
                    "one", new BaselineTrainer(Baseline.NAIVE, 48, List.of(0.1, 0.9)),
                    "two", new BaselineTrainer(Baseline.DRIFT, 48, List.of(0.1, 0.9))),
                Map.of("a", "b"));
    assertThat(report.metrics()).containsKeys("owa", "smape", "mase", "coverage_80", "wql");
    assertThat(report.metrics().get("coverage_80_count")).isEqualTo(414 * 48);
    assertThat(report.metrics().get("owa"))
        .isEqualTo((report.runs().get("one").get("owa") + report.runs().get("two").get("owa")) / 2);
    assertThat(report.baselines().get("seasonal-naive").get("skill_upper")).isNegative();
    assertThat(report.published().get("118 ES-RNN").get("owa")).isEqualTo(0.44);
    assertThat(ReportFrame.require(report.json()).at("/settings/fixed_on").asText()).isNotBlank();
    assertThat(report.table()).contains("118 ES-RNN (published)");
  }
}

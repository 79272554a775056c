package io.longcast.flow;

import io.longcast.benchmark.BenchmarkReport;
import io.longcast.benchmark.BenchmarkSpec;
import io.longcast.benchmark.DetectionBenchmark;
import io.longcast.benchmark.ForecastBenchmark;
import io.longcast.config.RunSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Runs a published protocol: forecasts with the ordinary trainer, detection with its own score. */
public final class BenchmarkFlow {
  private BenchmarkFlow() {}

  /**
   * Runs either kind.
   *
   * @param data the collection's folder
   */
  public static BenchmarkReport run(
      SparkSession spark, BenchmarkSpec benchmark, RunSpec run, Path data, StageClock clock) {
    return benchmark.isForecast()
        ? forecast(spark, benchmark, run, data, clock)
        : new DetectionBenchmark(benchmark, data).run(run.seed());
  }

  /**
   * Trains, forecasts and judges as the protocol says.
   *
   * @param data the collection's folder
   */
  public static BenchmarkReport forecast(
      SparkSession spark, BenchmarkSpec benchmark, RunSpec run, Path data, StageClock clock) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("window", run.window().toString());
    settings.put("model", run.model().toString());
    settings.put("training", run.training().toString());
    settings.put("seed", Long.toString(run.training().seed()));
    return new ForecastBenchmark(benchmark, data, run.seed())
        .run(new BenchmarkTrainer(spark, run, clock), settings);
  }
}

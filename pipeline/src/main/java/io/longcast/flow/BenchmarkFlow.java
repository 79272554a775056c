package io.longcast.flow;

import io.longcast.anomaly.logs.language.KeyTrainer;
import io.longcast.benchmark.BenchmarkReport;
import io.longcast.benchmark.BenchmarkSpec;
import io.longcast.benchmark.DetectionBenchmark;
import io.longcast.benchmark.ForecastBenchmark;
import io.longcast.benchmark.ForecasterTrainer;
import io.longcast.benchmark.GroupingBenchmark;
import io.longcast.benchmark.SessionBenchmark;
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
   * @param seeds how many times a forecaster is trained, with seeds one apart; at least 1
   */
  public static BenchmarkReport run(
      SparkSession spark,
      BenchmarkSpec benchmark,
      RunSpec run,
      Path data,
      int seeds,
      StageClock clock) {
    if (seeds < 1) {
      throw new IllegalArgumentException("seeds must be >= 1, found " + seeds);
    }
    if (benchmark.isForecast()) {
      return forecast(spark, benchmark, run, data, seeds, clock);
    }
    if (benchmark.sessions().isPresent()) {
      return sessions(spark, benchmark, run, data, clock);
    }
    return benchmark.grouping().isPresent()
        ? new GroupingBenchmark(benchmark, data, run.logs().templates()).run()
        : new DetectionBenchmark(benchmark, data).run(run.seed());
  }

  private static BenchmarkReport sessions(
      SparkSession spark, BenchmarkSpec benchmark, RunSpec run, Path data, StageClock clock) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("sequences", run.logs().sequences().toString());
    settings.put("model", run.logs().model().toString());
    settings.put("training", run.training().toString());
    KeyTrainer trainer = new SequenceTraining(spark, run.logs().model(), run.training(), clock);
    return new SessionBenchmark(benchmark, data, run.logs().sequences(), trainer).run(settings);
  }

  /**
   * Trains, forecasts and judges as the protocol says.
   *
   * @param data the collection's folder
   * @param seeds how many times, the first with the run's own seed
   */
  public static BenchmarkReport forecast(
      SparkSession spark,
      BenchmarkSpec benchmark,
      RunSpec run,
      Path data,
      int seeds,
      StageClock clock) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("preset", run.preset().toString());
    settings.put("window", run.window().toString());
    settings.put("model", run.model().toString());
    settings.put("training", run.training().toString());
    settings.put("seed", Long.toString(run.training().seed()));
    Map<String, ForecasterTrainer> trainers = new LinkedHashMap<>();
    for (long seed = run.training().seed(); trainers.size() < seeds; seed++) {
      trainers.put("seed " + seed, new BenchmarkTrainer(spark, run.withTrainingSeed(seed), clock));
    }
    return new ForecastBenchmark(benchmark, data, run.seed()).run(trainers, settings);
  }
}

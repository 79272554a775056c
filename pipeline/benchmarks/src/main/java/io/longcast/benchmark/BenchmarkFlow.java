package io.longcast.benchmark;

import io.longcast.config.RunSpec;
import io.longcast.logs.LogSpec;
import io.longcast.logs.flow.SequenceTraining;
import io.longcast.logs.language.KeyTrainer;
import io.longcast.pipeline.StageClock;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Runs a published protocol: forecasts with the ordinary trainer, detection with its own score. */
public final class BenchmarkFlow {
  private BenchmarkFlow() {}

  /**
   * Runs any kind, forecasts with the run's own seed alone.
   *
   * @param data the collection's folder
   */
  public static BenchmarkReport run(
      SparkSession spark, BenchmarkSpec benchmark, RunSpec run, Path data, StageClock clock) {
    if (benchmark.isForecast()) {
      return forecast(spark, benchmark, data, new Runs(Map.of("run", run)), false, clock);
    }
    if (benchmark.forecastCollections().isPresent()) {
      return new ForecastCollectionsBenchmark(benchmark, data).run();
    }
    if (benchmark.sessions().isPresent()) {
      return sessions(spark, benchmark, run, data, clock);
    }
    if (benchmark.detectionCollections().isPresent()) {
      return new DetectionCollectionsBenchmark(benchmark, run.anomaly(), data, run.seed()).run();
    }
    return benchmark.grouping().isPresent()
        ? new GroupingBenchmark(benchmark, data, run.section(LogSpec.class).templates()).run()
        : new DetectionBenchmark(benchmark, data).run(run.seed());
  }

  private static BenchmarkReport sessions(
      SparkSession spark, BenchmarkSpec benchmark, RunSpec run, Path data, StageClock clock) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("sequences", run.section(LogSpec.class).sequences().toString());
    settings.put("model", run.section(LogSpec.class).model().toString());
    settings.put("training", run.training().toString());
    KeyTrainer trainer =
        new SequenceTraining(
            spark, run.section(LogSpec.class).model(), stage -> run.training(), false, clock);
    return new SessionBenchmark(benchmark, data, run.section(LogSpec.class).sequences(), trainer)
        .run(settings);
  }

  /**
   * Trains, forecasts and evaluates by the protocol.
   *
   * @param data the collection's folder
   * @param runs what to train
   * @param validation whether the validation split is evaluated in place of the test rows
   */
  public static BenchmarkReport forecast(
      SparkSession spark,
      BenchmarkSpec benchmark,
      Path data,
      Runs runs,
      boolean validation,
      StageClock clock) {
    RunSpec run = runs.byName().values().iterator().next();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("judged_on", validation ? "validation split" : "test");
    settings.put("preset", run.preset().toString());
    settings.put("window", run.window().toString());
    settings.put("model", run.model().toString());
    settings.put("training", run.training().toString());
    Map<String, ForecasterTrainer> trainers = new LinkedHashMap<>();
    runs.byName()
        .forEach((name, one) -> trainers.put(name, new BenchmarkTrainer(spark, one, clock)));
    return new ForecastBenchmark(benchmark, data, run.seed(), validation)
        .run(trainers, runs.kind(), settings);
  }

  /**
   * The runs of a benchmark.
   *
   * @param byName by the name of their row, at least one
   * @param kind whether they differ in their seeds, or are variants of the first
   */
  public record Runs(Map<String, RunSpec> byName, ForecastBenchmark.Runs kind) {
    public Runs {
      byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Of seeds. */
    public Runs(Map<String, RunSpec> byName) {
      this(byName, ForecastBenchmark.Runs.SEEDS);
    }
  }

  /** One run per seed, starting with the run's own. */
  public static Map<String, RunSpec> seeds(RunSpec run, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("seeds must be >= 1, found " + count);
    }
    Map<String, RunSpec> runs = new LinkedHashMap<>();
    for (long seed = run.training().seed(); runs.size() < count; seed++) {
      runs.put("seed " + seed, run.withTrainingSeed(seed));
    }
    return runs;
  }
}

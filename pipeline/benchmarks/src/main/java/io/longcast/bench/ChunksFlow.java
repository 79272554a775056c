package io.longcast.bench;

import io.longcast.benchmark.BudgetBenchmark;
import io.longcast.config.RunSpec;
import io.longcast.generate.SampleKind;
import io.longcast.series.Frequency;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Stretches scored side by side, on a long series, a generated fleet and ETTm1. */
public final class ChunksFlow {
  private static final int MACHINES = 4;

  private ChunksFlow() {}

  /**
   * Runs the benchmark.
   *
   * @param data holds the folder {@code ett}
   */
  public static BenchResult run(SparkSession spark, RunSpec run, Path data) {
    ChunksBenchSpec bench = run.section(BenchSpec.class).chunks();
    List<BudgetBenchmark.Data> all =
        bench.data().stream().map(source -> data(source, spark, run, data)).toList();
    return new ChunksBench(spark, bench, run.anomaly(), run.model(), all).run();
  }

  private static BudgetBenchmark.Data data(
      ChunksBenchSpec.Source source, SparkSession spark, RunSpec run, Path data) {
    ChunksBenchSpec bench = run.section(BenchSpec.class).chunks();
    return switch (source) {
      case WAVE -> ChunksBench.wave(bench.points());
      case SENSORS ->
          GeneratedFleet.normal(spark, run.generate(), SampleKind.SENSORS, MACHINES, bench.fleet());
      case ETTM1 ->
          BudgetBenchmark.wide("ETTm1", data.resolve("ett/ETTm1.csv.gz"), Frequency.parse("15m"));
    };
  }
}

package io.longcast.flow;

import io.longcast.bench.BenchResult;
import io.longcast.bench.GeneratedFleet;
import io.longcast.bench.SegmentsBench;
import io.longcast.benchmark.BudgetBenchmark;
import io.longcast.config.RunSpec;
import io.longcast.generate.SampleKind;
import io.longcast.series.Frequency;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Stretches scored side by side, on a long series, a generated fleet and ETTm1. */
public final class SegmentsFlow {
  private static final int MACHINES = 4;

  private SegmentsFlow() {}

  /**
   * Runs the benchmark.
   *
   * @param data holds the folder {@code ett}
   */
  public static BenchResult run(SparkSession spark, RunSpec run, Path data) {
    int steps = run.bench().segments().fleet();
    List<BudgetBenchmark.Data> all =
        List.of(
            GeneratedFleet.normal(spark, run.generate(), SampleKind.SENSORS, MACHINES, steps),
            BudgetBenchmark.wide(
                "ETTm1", data.resolve("ett/ETTm1.csv.gz"), Frequency.parse("15m")));
    return new SegmentsBench(spark, run.bench().segments(), run.anomaly(), run.model(), all).run();
  }
}

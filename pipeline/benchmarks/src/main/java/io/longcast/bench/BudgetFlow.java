package io.longcast.bench;

import io.longcast.benchmark.BenchmarkReport;
import io.longcast.benchmark.BenchmarkSpec;
import io.longcast.benchmark.BudgetBenchmark;
import io.longcast.benchmark.DetectionBenchmark;
import io.longcast.config.RunSpec;
import io.longcast.generate.SampleKind;
import io.longcast.series.Frequency;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Requested and realised false alarms on a generated fleet, ETT and the normal rows of NAB. */
public final class BudgetFlow {
  private static final int SERIES = 40;
  private static final int STEPS = 3360;

  private BudgetFlow() {}

  /**
   * Runs the benchmark.
   *
   * @param data holds the folders {@code ett} and {@code nab}
   * @param nab the protocol of NAB
   */
  public static BenchResult run(SparkSession spark, RunSpec run, Path data, BenchmarkSpec nab) {
    long start = System.nanoTime();
    List<BudgetBenchmark.Data> all =
        List.of(
            GeneratedFleet.normal(spark, run.generate(), SampleKind.SENSORS, SERIES, STEPS),
            BudgetBenchmark.wide("ETTh1", data.resolve("ett/ETTh1.csv"), Frequency.parse("1h")),
            BudgetBenchmark.wide("ETTm1", data.resolve("ett/ETTm1.csv.gz"), Frequency.parse("15m")),
            BudgetBenchmark.labelled(
                "NAB",
                new DetectionBenchmark(nab, data.resolve("nab")).series(),
                Frequency.parse("5m")));
    BudgetBenchmark budget = new BudgetBenchmark(run.anomaly());
    List<String> lines = new ArrayList<>(List.of(BudgetBenchmark.heading()));
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (BudgetBenchmark.Data each : all) {
      for (BudgetBenchmark.Row row : budget.rows(each)) {
        lines.add(row.line());
        metrics.putAll(row.figures());
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new BenchResult(
        lines, BenchmarkReport.of("budget", metrics, Map.of(), run.anomaly(), seconds));
  }
}

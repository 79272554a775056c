package io.longcast.bench;

import io.longcast.benchmark.BenchmarkReport;
import io.longcast.benchmark.BenchmarkSpec;
import io.longcast.benchmark.BudgetBenchmark;
import io.longcast.benchmark.DetectionBenchmark;
import io.longcast.benchmark.EventOverlapBenchmark;
import io.longcast.benchmark.LabelledRates;
import io.longcast.config.RunSpec;
import io.longcast.generate.SampleKind;
import io.longcast.series.Frequency;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** Found events compared with labelled ones, on generated fleets, NAB and operators' metrics. */
public final class EventOverlapFlow {
  private static final int SERIES = 40;
  private static final int STEPS = 3360;
  private static final int RATES = 12;

  private EventOverlapFlow() {}

  /**
   * Runs the benchmark.
   *
   * @param data holds the folders {@code nab}, {@code kpi} and {@code wsd}
   * @param nab the protocol of NAB
   */
  public static BenchResult run(SparkSession spark, RunSpec run, Path data, BenchmarkSpec nab) {
    long start = System.nanoTime();
    List<Supplier<BudgetBenchmark.Data>> all =
        List.of(
            () -> GeneratedFleet.faulty(spark, run.generate(), SampleKind.SENSORS, SERIES, STEPS),
            () -> GeneratedFleet.faulty(spark, run.generate(), SampleKind.ENERGY, SERIES, STEPS),
            () ->
                BudgetBenchmark.labelled(
                    "NAB",
                    new DetectionBenchmark(nab, data.resolve("nab")).series(),
                    Frequency.parse("5m")),
            () -> LabelledRates.read("KPI", data.resolve("kpi"), 300, RATES),
            () -> LabelledRates.read("WSD", data.resolve("wsd"), 60, RATES));
    EventOverlapBenchmark benchmark = new EventOverlapBenchmark(run.anomaly());
    List<String> lines = new ArrayList<>(List.of(EventOverlapBenchmark.heading()));
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (Supplier<BudgetBenchmark.Data> each : all) {
      EventOverlapBenchmark.Row row = benchmark.row(each.get());
      lines.add(row.line());
      metrics.putAll(row.figures());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new BenchResult(
        lines, BenchmarkReport.of("events", metrics, Map.of(), run.anomaly(), seconds));
  }
}

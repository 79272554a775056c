package io.longcast.jobs;

import io.longcast.bench.AnomalyBench;
import io.longcast.bench.AveragingBench;
import io.longcast.bench.FleetBench;
import io.longcast.bench.GeneratedFleet;
import io.longcast.bench.KernelBench;
import io.longcast.bench.KernelBenchSpec;
import io.longcast.benchmark.BenchmarkSpec;
import io.longcast.benchmark.BudgetBenchmark;
import io.longcast.benchmark.DetectionBenchmark;
import io.longcast.config.BenchmarkFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.ContaminationFlow;
import io.longcast.flow.FaultReport;
import io.longcast.flow.ThroughputFlow;
import io.longcast.generate.SampleKind;
import io.longcast.report.TextTable;
import io.longcast.series.Frequency;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longcast bench averaging|kernels|anomaly|budget|contamination|fleet|forecast}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel =
        "(averaging | kernels | anomaly | budget | contamination | fleet | forecast)",
    description = "Measures speed.")
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to measure: averaging, kernels, anomaly, budget, contamination, fleet or forecast");
  }

  @Command(
      name = "averaging",
      mixinStandardHelpOptions = true,
      description =
          "A round of averaging beside DL4J's master; meant for --master local-cluster[2,1,2048].")
  int averaging(@Mixin RunOptions options) throws IOException {
    return options.run(
        "bench",
        (spark, run, clock) -> {
          JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
          AveragingBench.Report report = new AveragingBench(context, run.bench().averaging()).run();
          return answer(report.lines(), report.json());
        });
  }

  @Command(
      name = "kernels",
      mixinStandardHelpOptions = true,
      description =
          "The recurrent kernels beside DL4J's layers and, where installed, PyTorch, DJL and ONNX"
              + " Runtime; starts no Spark. Tables are printed as they are complete.")
  int kernels(@Mixin RunOptions options) throws IOException {
    KernelBenchSpec kernels = options.settings().spec().bench().kernels();
    return options.say(answer(List.of(), new KernelBench(kernels, System.out::println).run()));
  }

  @Command(
      name = "anomaly",
      mixinStandardHelpOptions = true,
      description = "The combined anomaly score beside AWS's Random Cut Forest; starts no Spark.")
  int anomaly(@Mixin RunOptions options) throws IOException {
    RunSpec run = options.settings().spec();
    AnomalyBench bench = new AnomalyBench(run.bench().anomaly(), run.anomaly(), run.model());
    return options.say(answer(bench.lines(), Map.of()));
  }

  @Command(
      name = "budget",
      mixinStandardHelpOptions = true,
      description =
          "Requested and realised false alarms on normal data; --data: folder of ett, nab.")
  int budget(@Mixin RunOptions options) throws IOException {
    String home = Optional.ofNullable(System.getenv("LONGCAST_HOME")).orElse("");
    Path data = options.data().orElse(Path.of(home, "..", "shared", "data"));
    BenchmarkSpec nab = BenchmarkFile.protocol(Path.of(home, "conf", "benchmarks", "nab.conf"));
    return options.run(
        "bench",
        (spark, run, clock) -> {
          BudgetBenchmark budget = new BudgetBenchmark(run.anomaly());
          List<String> lines = new ArrayList<>(List.of(BudgetBenchmark.heading()));
          lines.addAll(
              budget.lines(
                  GeneratedFleet.normal(spark, run.generate(), SampleKind.SENSORS, 40, 3360)));
          lines.addAll(
              budget.lines(
                  BudgetBenchmark.wide(
                      "ETTh1", data.resolve("ett/ETTh1.csv"), Frequency.parse("1h"))));
          lines.addAll(
              budget.lines(
                  BudgetBenchmark.wide(
                      "ETTm1", data.resolve("ett/ETTm1.csv.gz"), Frequency.parse("15m"))));
          lines.addAll(
              budget.lines(
                  BudgetBenchmark.labelled(
                      "NAB",
                      new DetectionBenchmark(nab, data.resolve("nab")).series(),
                      Frequency.parse("5m"))));
          return answer(lines, Map.of());
        });
  }

  @Command(
      name = "contamination",
      mixinStandardHelpOptions = true,
      description = "What faults among the rows to learn from cost; on conf/sensors.conf.")
  int contamination(@Mixin RunOptions options) throws IOException {
    return options.run(
        "bench",
        (spark, run, clock) -> {
          TextTable table =
              new TextTable(
                  List.of("faulty rows", "mase", "recall", "hit@1", "hit@3", "false a week"));
          List<ContaminationFlow.Outcome> outcomes = ContaminationFlow.run(spark, run, clock);
          for (ContaminationFlow.Outcome each : outcomes) {
            FaultReport.Kind faults = each.faults();
            double named = faults.named();
            table.row(
                "%.3f".formatted(each.share()),
                List.of(
                    each.mase(),
                    faults.found() / (double) faults.faults(),
                    faults.first() / named,
                    faults.third() / named,
                    each.falseEventsPerWeek()));
          }
          Map<String, Object> figures = Map.of("contamination", outcomes);
          return answer(table.toString().lines().toList(), figures);
        });
  }

  @Command(
      name = "fleet",
      mixinStandardHelpOptions = true,
      description =
          "Ten thousand series of ten thousand points scored in one pass, and with a restart in the"
              + " middle.")
  int fleet(@Mixin RunOptions options) throws IOException {
    return options.run(
        "bench",
        (spark, run, clock) ->
            answer(new FleetBench(spark, run.bench().fleet(), run.anomaly()).lines(), Map.of()));
  }

  @Command(
      name = "forecast",
      mixinStandardHelpOptions = true,
      description = "Forecasts from Parquet to Parquet beside the kernel alone.")
  int forecast(@Mixin RunOptions options) throws IOException {
    return options.run(
        "bench",
        (spark, run, clock) -> {
          Map<String, Double> speeds = ThroughputFlow.run(spark, run, clock);
          TextTable table = new TextTable(List.of("series a second and core", "windows/s"));
          speeds.forEach((part, speed) -> table.row(part, List.of(speed)));
          Answer answer = answer(table.toString().lines().toList(), Map.of("speeds", speeds));
          return answer.seconds(clock.seconds());
        });
  }

  private static Answer answer(List<String> lines, Map<String, Object> figures) {
    Answer answer = new Answer();
    lines.forEach(answer::line);
    figures.forEach(answer::figure);
    return answer;
  }
}

package io.longcast.jobs;

import io.longcast.bench.AnomalyBench;
import io.longcast.bench.AveragingBench;
import io.longcast.bench.BenchResult;
import io.longcast.bench.BenchSpec;
import io.longcast.bench.BudgetFlow;
import io.longcast.bench.ChunksFlow;
import io.longcast.bench.ContaminationFlow;
import io.longcast.bench.EventOverlapFlow;
import io.longcast.bench.FleetBench;
import io.longcast.bench.KernelBench;
import io.longcast.bench.KernelBenchSpec;
import io.longcast.bench.StreamBench;
import io.longcast.bench.ThroughputFlow;
import io.longcast.benchmark.BenchmarkFile;
import io.longcast.benchmark.BenchmarkSpec;
import io.longcast.config.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code longcast bench
 * averaging|kernels|anomaly|budget|events|contamination|fleet|chunks|stream|forecast}.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel =
        "(averaging | kernels | anomaly | budget | events | contamination | fleet | chunks |"
            + " stream | forecast)",
    description = "Runs speed benchmarks.")
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "name a benchmark: averaging, kernels, anomaly, budget, events, contamination, fleet,"
            + " chunks, stream or forecast");
  }

  @Command(
      name = "averaging",
      mixinStandardHelpOptions = true,
      description =
          "A round of averaging, compared with DL4J's TrainingMaster; use --master"
              + " local-cluster[2,1,2048].")
  int averaging(@Mixin RunOptions options) throws IOException {
    return options.run(
        "bench",
        (spark, run, clock) -> {
          JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
          return answer(
              new AveragingBench(context, run.section(BenchSpec.class).averaging()).run());
        });
  }

  @Command(
      name = "kernels",
      mixinStandardHelpOptions = true,
      description =
          "Recurrent kernels, compared with DL4J's layers and, where installed, PyTorch, DJL and ONNX"
              + " Runtime; without Spark. Each table is printed when it is complete.")
  int kernels(@Mixin RunOptions options) throws IOException {
    KernelBenchSpec kernels = options.checked().section(BenchSpec.class).kernels();
    return options.say(answer(new KernelBench(kernels, System.out::println).run()));
  }

  @Command(
      name = "anomaly",
      mixinStandardHelpOptions = true,
      description =
          "Composite anomaly score, compared with AWS's Random Cut Forest; without Spark.")
  int anomaly(@Mixin RunOptions options) throws IOException {
    RunSpec run = options.checked();
    return options.say(
        answer(
            new AnomalyBench(run.section(BenchSpec.class).anomaly(), run.anomaly(), run.model())
                .run()));
  }

  @Command(
      name = "budget",
      mixinStandardHelpOptions = true,
      description =
          "Alarm budget and actual false alarms on normal data; --data: folder of ett, nab.")
  int budget(@Mixin RunOptions options) throws IOException {
    Path data = sharedData(options);
    BenchmarkSpec nab = nab();
    return options.run(
        "bench", (spark, run, clock) -> answer(BudgetFlow.run(spark, run, data, nab)));
  }

  @Command(
      name = "events",
      mixinStandardHelpOptions = true,
      description =
          "Overlap of found events with labelled ones; --data: folder of nab, kpi and wsd.")
  int events(@Mixin RunOptions options) throws IOException {
    Path data = sharedData(options);
    BenchmarkSpec nab = nab();
    return options.run(
        "bench", (spark, run, clock) -> answer(EventOverlapFlow.run(spark, run, data, nab)));
  }

  @Command(
      name = "contamination",
      mixinStandardHelpOptions = true,
      description =
          "Effect of faults in the training rows on detection; run with conf/sensors.conf.")
  int contamination(@Mixin RunOptions options) throws IOException {
    return options.run(
        "bench", (spark, run, clock) -> answer(ContaminationFlow.run(spark, run, clock)));
  }

  @Command(
      name = "fleet",
      mixinStandardHelpOptions = true,
      description =
          "Detection on 10,000 series of 10,000 points, in one pass and with a restart in the"
              + " middle.")
  int fleet(@Mixin RunOptions options) throws IOException {
    return options.run(
        "bench",
        (spark, run, clock) ->
            answer(
                new FleetBench(
                        spark, run.section(BenchSpec.class).fleet(), run.anomaly(), run.clean())
                    .run()));
  }

  @Command(
      name = "chunks",
      mixinStandardHelpOptions = true,
      description =
          "Speed and accuracy of scoring a series in parallel chunks; --data: folder of ett.")
  int chunks(@Mixin RunOptions options) throws IOException {
    Path data = sharedData(options);
    return options.run("bench", (spark, run, clock) -> answer(ChunksFlow.run(spark, run, data)));
  }

  @Command(
      name = "stream",
      mixinStandardHelpOptions = true,
      description =
          "Detection on a stream of 10,000 series, compared with an operator that counts the same"
              + " rows.")
  int stream(@Mixin RunOptions options) throws IOException {
    return options.run("bench", (spark, run, clock) -> answer(new StreamBench(spark, run).run()));
  }

  private static BenchmarkSpec nab() {
    return BenchmarkFile.protocol(home().resolve("conf/benchmarks/nab.conf"));
  }

  private static Path sharedData(RunOptions options) {
    return options.data().orElse(home().resolve("../shared/data"));
  }

  private static Path home() {
    return Path.of(Optional.ofNullable(System.getenv("LONGCAST_HOME")).orElse(""));
  }

  @Command(
      name = "forecast",
      mixinStandardHelpOptions = true,
      description = "Forecasting from Parquet to Parquet, compared with the kernel alone.")
  int forecast(@Mixin RunOptions options) throws IOException {
    return options.run(
        "bench",
        (spark, run, clock) ->
            answer(ThroughputFlow.run(spark, run, clock)).stages(clock.seconds()));
  }

  private static CommandResult answer(BenchResult result) {
    CommandResult answer = new CommandResult();
    result.lines().forEach(answer::line);
    return answer.figures(result.report().json());
  }
}

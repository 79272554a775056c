package io.longcast.jobs;

import io.longcast.benchmark.BenchmarkFile;
import io.longcast.benchmark.BenchmarkFlow;
import io.longcast.benchmark.BenchmarkReport;
import io.longcast.benchmark.BenchmarkSpec;
import io.longcast.benchmark.ForecastBenchmark;
import io.longcast.config.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longcast benchmark NAME}: the protocol of {@code conf/benchmarks/NAME.conf}. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = "Runs a published evaluation protocol on a folder with its public data.")
final class BenchmarkCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "name of a file in conf/benchmarks without .conf, or the path of such a file")
  private String name;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "train with N seeds and report each and the mean (forecasting benchmarks only)")
  private int seeds = 1;

  @Option(
      names = "--validation",
      description = "evaluate on the validation rows; the test rows are not read (m4, ett)")
  private boolean validation;

  @Option(names = "--variants", description = "run the variants listed in the file (an ablation)")
  private boolean variants;

  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    String home = Optional.ofNullable(System.getenv("LONGCAST_HOME")).orElse("");
    Path file =
        name.endsWith(".conf")
            ? Path.of(name)
            : Path.of(home, "conf", "benchmarks", name + ".conf");
    BenchmarkSpec benchmark = BenchmarkFile.protocol(file, options.overrides());
    Path data = options.data().orElse(Path.of(home, "..", "shared", "data", benchmark.folder()));
    return options
        .without(name)
        .runBenchmark(
            file,
            (spark, run, clock) -> {
              BenchmarkReport report =
                  benchmark.isForecast()
                      ? BenchmarkFlow.forecast(
                          spark, benchmark, data, runs(file, benchmark, run), validation, clock)
                      : BenchmarkFlow.run(spark, benchmark, run, data, clock);
              return new CommandResult().line(report.table()).figures(report.json());
            });
  }

  /** The run with each seed, or each variant of it with the first seed. */
  private BenchmarkFlow.Runs runs(Path file, BenchmarkSpec benchmark, RunSpec run) {
    if (!variants) {
      return new BenchmarkFlow.Runs(BenchmarkFlow.seeds(run, seeds));
    }
    Map<String, RunSpec> runs = new LinkedHashMap<>();
    runs.put("as it is", run);
    for (BenchmarkSpec.Variant variant : benchmark.variants().orElse(List.of())) {
      runs.put(variant.name(), options.variant(file, variant.settings()));
    }
    return new BenchmarkFlow.Runs(runs, ForecastBenchmark.Runs.VARIANTS);
  }
}

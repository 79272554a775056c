package io.longcast.jobs;

import io.longcast.benchmark.BenchmarkReport;
import io.longcast.benchmark.BenchmarkSpec;
import io.longcast.config.BenchmarkFile;
import io.longcast.flow.BenchmarkFlow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code longcast benchmark NAME}: the protocol of {@code conf/benchmarks/NAME.conf}. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = "Runs a published protocol on a folder of public data.")
final class BenchmarkCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "a file of conf/benchmarks without its ending, or the path of such a file")
  private String name;

  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    String home = Optional.ofNullable(System.getenv("LONGCAST_HOME")).orElse("");
    Path file =
        name.endsWith(".conf")
            ? Path.of(name)
            : Path.of(home, "conf", "benchmarks", name + ".conf");
    BenchmarkSpec benchmark = BenchmarkFile.protocol(file);
    Path data = options.data().orElse(Path.of(home, "..", "shared", "data", benchmark.folder()));
    return options
        .without(name)
        .runBenchmark(
            file,
            (spark, run, clock) -> {
              BenchmarkReport report = BenchmarkFlow.run(spark, benchmark, run, data, clock);
              return new Answer().line(report.table()).figures(report.json());
            });
  }
}

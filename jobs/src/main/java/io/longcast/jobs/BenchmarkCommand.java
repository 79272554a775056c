package io.longcast.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast benchmark}. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = "Runs a published protocol on a folder of public data.")
final class BenchmarkCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    options.settings();
    throw new IllegalStateException("benchmark has no flow in this build");
  }
}

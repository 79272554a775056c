package io.longcast.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast bench}. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures speed.")
final class BenchCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    options.settings();
    throw new IllegalStateException("bench has no flow in this build");
  }
}

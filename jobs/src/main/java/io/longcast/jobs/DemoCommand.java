package io.longcast.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Generates a fleet, trains, forecasts, detects and prints a summary.")
final class DemoCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    options.settings();
    throw new IllegalStateException("demo has no flow in this build");
  }
}

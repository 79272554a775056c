package io.longcast.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast detect}. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    description = "Scores every value and reports anomalies and events.")
final class DetectCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    options.settings();
    throw new IllegalStateException("detect has no flow in this build");
  }
}

package io.longcast.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Writes a seeded sample of series or logs with labels.")
final class GenerateCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    options.settings();
    throw new IllegalStateException("generate has no flow in this build");
  }
}

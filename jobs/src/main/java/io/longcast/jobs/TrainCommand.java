package io.longcast.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains one network over all series and writes its bundle.")
final class TrainCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    options.settings();
    throw new IllegalStateException("train has no flow in this build");
  }
}

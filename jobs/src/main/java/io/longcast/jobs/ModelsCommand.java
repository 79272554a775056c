package io.longcast.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast models}. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Lists, shows and promotes trained models.")
final class ModelsCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    options.settings();
    throw new IllegalStateException("models has no flow in this build");
  }
}

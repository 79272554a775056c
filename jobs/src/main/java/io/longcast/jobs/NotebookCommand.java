package io.longcast.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast notebook}. */
@Command(
    name = "notebook",
    mixinStandardHelpOptions = true,
    description = "Opens or executes the notebooks.")
final class NotebookCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    options.settings();
    throw new IllegalStateException("notebook has no flow in this build");
  }
}

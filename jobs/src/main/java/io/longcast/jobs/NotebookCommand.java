package io.longcast.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code longcast notebook}: run by the launcher, which has the class path; this class holds its
 * help.
 */
@Command(
    name = "notebook",
    mixinStandardHelpOptions = true,
    description = "Opens the notebooks, or executes them and writes HTML to the output folder.")
final class NotebookCommand implements Callable<Integer> {
  @Option(names = "--execute", description = "execute without opening a browser")
  private boolean execute;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "output folder of a run (default: out)")
  private String output;

  @Override
  public Integer call() {
    throw new IllegalArgumentException(
        "notebooks are started by the launcher: bin/longcast notebook"
            + (execute ? " --execute" : "")
            + (output == null ? "" : " --output " + output));
  }
}

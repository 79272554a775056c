package io.longcast.jobs;

import io.longcast.config.RunFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words that all commands share: a run file, settings, and the common options. */
final class RunOptions {
  @Parameters(
      paramLabel = "RUNFILE|KEY=VALUE",
      description = "a run file in HOCON, then settings that override it")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "where tables and models are written")
  private String output;

  @Option(names = "--data", paramLabel = "DIR", description = "folder of a benchmark's public data")
  private Path data;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
  private Path json;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "local[*], local-cluster[n,cores,MiB], spark://host:port, yarn, k8s://…")
  private String master;

  @Option(names = "--resume", description = "go on from the last checkpoint")
  private boolean resume;

  @Option(names = "--seed", paramLabel = "N", description = "seed of all random numbers")
  private Long seed;

  /** The settings: reference, run file, options, then KEY=VALUE words. */
  RunFile settings() {
    return settings(Optional.empty());
  }

  /** The same, with a run file of the command's own where none was named. */
  RunFile settings(Optional<Path> otherwise) {
    Optional<Path> file = words.stream().filter(RunOptions::isFile).findFirst().map(Path::of);
    List<String> overrides = new ArrayList<>();
    if (seed != null) {
      overrides.add("seed=" + seed);
    }
    if (output != null) {
      overrides.add("output.path=" + output);
    }
    words.stream().filter(word -> !isFile(word)).forEach(overrides::add);
    return RunFile.read(file.or(() -> otherwise), overrides);
  }

  private static boolean isFile(String word) {
    return !word.contains("=");
  }

  Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  Optional<Path> json() {
    return Optional.ofNullable(json);
  }

  Optional<String> master() {
    return Optional.ofNullable(master);
  }

  boolean resume() {
    return resume;
  }
}

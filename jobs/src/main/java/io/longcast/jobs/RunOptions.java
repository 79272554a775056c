package io.longcast.jobs;

import io.longcast.benchmark.BenchmarkFile;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.TaskProgress;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.report.ProgressLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words that all commands share: a run file, settings, and the common options. */
final class RunOptions {
  private static final Set<String> RESUMABLE = Set.of("train", "demo", "pretrain");

  @Parameters(
      paramLabel = "RUNFILE|KEY=VALUE",
      description = "a run file (HOCON), then settings that override it")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "folder for tables and models (output.path)")
  private String output;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder with the public data of a benchmark")
  private Path data;

  @Option(names = "--json", paramLabel = "FILE", description = "write the results as JSON")
  private Path json;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark master: local[*], local-cluster[n,cores,MiB], spark://host:port, yarn, k8s://…")
  private String master;

  @Option(
      names = "--resume",
      description = "resume training from the last checkpoint (train, demo, pretrain)")
  private boolean resume;

  @Option(names = "--verbose", description = "print more, such as the seconds of each stage")
  private boolean verbose;

  @Option(names = "--seed", paramLabel = "N", description = "seed of all random numbers")
  private Long seed;

  @Option(names = "--preset", paramLabel = "NAME", description = "training effort: fast, accurate")
  private String preset;

  /** The settings: reference, run file, options, then KEY=VALUE words. */
  RunFile settings() {
    return settings(Optional.empty());
  }

  /** The settings of a command that starts no Spark, after the checks that all commands make. */
  RunSpec checked() {
    RunSpec run = settings().spec();
    requireWritableJson();
    return run;
  }

  private RunFile settings(Optional<Path> otherwise) {
    Optional<Path> file = words.stream().filter(RunOptions::isFile).findFirst().map(Path::of);
    return RunFile.read(file.or(() -> otherwise), overrides());
  }

  /** Options and KEY=VALUE words. */
  List<String> overrides() {
    List<String> overrides = new ArrayList<>();
    if (seed != null) {
      overrides.add("seed=" + seed);
    }
    if (preset != null) {
      overrides.add("preset=" + preset);
    }
    if (output != null) {
      overrides.add("output.path=" + output);
    }
    words.stream().filter(word -> !isFile(word)).forEach(overrides::add);
    return overrides;
  }

  /** Takes a word that a command has for itself, so that it counts as no run file. */
  RunOptions without(String word) {
    words.remove(word);
    return this;
  }

  /** Adds the setting that an option of a command sets. */
  RunOptions with(String setting) {
    words.add(setting);
    return this;
  }

  /** The first word that is no setting. */
  Optional<String> file() {
    return words.stream().filter(RunOptions::isFile).findFirst();
  }

  private static boolean isFile(String word) {
    return !word.contains("=");
  }

  /** Checks the settings, starts Spark, runs the command, and prints its result. */
  int run(String command, CommandBody work) throws IOException {
    return run(command, Optional.empty(), work);
  }

  /** The same, with a run file of the command's own where none was named. */
  int run(String command, Optional<Path> otherwise, CommandBody work) throws IOException {
    return run(command, settings(otherwise).spec(), work);
  }

  /** The same, with the settings that a benchmark's file has in addition to its protocol. */
  int runBenchmark(Path file, CommandBody work) throws IOException {
    words.stream()
        .filter(RunOptions::isFile)
        .findFirst()
        .ifPresent(
            word -> {
              throw new IllegalArgumentException(
                  "a benchmark has its own settings and accepts only KEY=VALUE arguments, found "
                      + word);
            });
    return run("benchmark", BenchmarkFile.settings(file, overrides()).spec(), work);
  }

  /** A benchmark's settings, overridden by those of the command line. */
  RunSpec variant(Path file, List<String> settings) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(overrides());
    return BenchmarkFile.settings(file, all).spec();
  }

  private int run(String command, RunSpec run, CommandBody work) throws IOException {
    requireWritableJson();
    if (resume && !RESUMABLE.contains(command)) {
      System.err.println(
          "longcast: --resume has no effect: %s writes no checkpoints and starts from the beginning"
              .formatted(command));
    }
    CommandResult answer;
    boolean delta =
        List.of(run.source().format(), run.output().format()).stream()
            .anyMatch("delta"::equalsIgnoreCase);
    Interruption.watch(verbose);
    try (SparkSession spark = Sessions.start(command, master(), delta)) {
      Progress progress = TaskProgress.of(spark, ProgressLine.onTerminal());
      answer = work.run(spark, run, new StageClock(progress));
    }
    return say(answer);
  }

  /** Before hours of work, not after them. */
  private void requireWritableJson() {
    if (json == null) {
      return;
    }
    Path folder = json.toAbsolutePath().getParent();
    if (Files.isDirectory(json) || !Files.isWritable(Files.exists(json) ? json : folder)) {
      throw new IllegalArgumentException(
          "cannot write %s: expected a file in an existing, writable folder, found".formatted(json)
              + (Files.isDirectory(json) ? " a folder of that name" : " none (option --json)"));
    }
  }

  /** Prints the answer and writes its figures where {@code --json} says. */
  int say(CommandResult answer) throws IOException {
    answer.lines().forEach(System.out::println);
    if (verbose) {
      answer.details().forEach(System.out::println);
    }
    if (json != null) {
      Files.writeString(json, answer.json());
    }
    return answer.code();
  }

  Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  Optional<String> master() {
    return Optional.ofNullable(master);
  }

  boolean resume() {
    return resume;
  }
}

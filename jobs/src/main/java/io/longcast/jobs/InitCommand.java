package io.longcast.jobs;

import io.longcast.flow.draft.DraftFlow;
import io.longcast.flow.draft.RunName;
import io.longcast.logs.draft.LogDraftFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longcast init}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Looks at data and writes a run file that trains on them.")
final class InitCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "a log, or a file or folder of CSV, JSON, Parquet or ORC")
  private Path data;

  @Option(names = "--log", description = "read the data as a log, whatever they look like")
  private boolean log;

  @Option(
      names = "--run-file",
      paramLabel = "FILE",
      description = "where to write the run file; NAME.conf of the data by default")
  private Path runFile;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out",
      description = "folder for tables and models of the run (${DEFAULT-VALUE})")
  private String output;

  @Option(names = "--force", description = "overwrite the run file")
  private boolean force;

  @Option(names = "--master", paramLabel = "URL", description = "Spark master, as in train")
  private String master;

  @Override
  public Integer call() throws IOException {
    Path file = runFile == null ? Path.of(RunName.of(data) + ".conf") : runFile;
    if (Files.exists(file) && !force) {
      throw new IllegalArgumentException(
          file + " exists: name another by --run-file, or overwrite it with --force");
    }
    if (!Files.exists(data)) {
      throw new IllegalArgumentException(
          "there is no file or folder " + data + ", expected data such as a CSV file or a log");
    }
    try (SparkSession spark = Sessions.start("init", Optional.ofNullable(master), false)) {
      if (log || LogDraftFlow.isLog(data)) {
        LogDraftFlow.Result draft = LogDraftFlow.run(spark, data, RunName.of(data), output);
        Files.writeString(file, draft.text());
        say(draft, file);
      } else {
        DraftFlow.Result draft = DraftFlow.run(spark, data, output);
        Files.writeString(file, draft.text());
        say(draft, file);
      }
    }
    return 0;
  }

  private static void say(LogDraftFlow.Result draft, Path file) {
    System.out.println("first entries:");
    draft.rows().forEach(row -> System.out.println("  " + row));
    System.out.println(draft.counts());
    System.out.println("sessions: %,d".formatted(draft.sessions()));
    System.out.println("wrote " + file);
    System.out.println("next: longcast train " + file);
    System.out.println("then: longcast detect " + file);
  }

  private static void say(DraftFlow.Result draft, Path file) {
    System.out.println("first rows:");
    draft.rows().forEach(row -> System.out.println("  " + row));
    System.out.println(draft.counts() + "; frequency " + draft.frequency());
    if (!draft.rejects().isEmpty()) {
      System.out.println("rejected: " + draft.rejects());
    }
    System.out.println("wrote " + file);
    System.out.println("next: longcast train " + file);
    System.out.println("then: longcast forecast " + file + ", or longcast detect " + file);
  }
}

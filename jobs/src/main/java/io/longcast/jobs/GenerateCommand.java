package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.GenerateFlow;
import io.longcast.logs.LogSpec;
import io.longcast.logs.flow.LogGenerateFlow;
import io.longcast.pipeline.StageClock;
import io.longcast.read.SourceSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Writes synthetic series or logs with labels.")
final class GenerateCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    return options.run("generate", this::work);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    return run.section(LogSpec.class).isConfigured()
        ? log(spark, run, clock)
        : series(spark, run, clock);
  }

  private static CommandResult log(SparkSession spark, RunSpec run, StageClock clock) {
    LogGenerateFlow.Written written = clock.time("generate", () -> LogGenerateFlow.run(spark, run));
    return new CommandResult()
        .line("log:    %s (%,d lines)".formatted(written.log(), written.lines()))
        .line("labels: %s (%,d faults)".formatted(written.labels(), written.faults()))
        .figure("lines", written.lines())
        .figure("faults", written.faults())
        .figure("seconds", clock.seconds());
  }

  private static CommandResult series(SparkSession spark, RunSpec run, StageClock clock) {
    GenerateFlow.Written written =
        clock.time("generate", () -> GenerateFlow.run(spark, run.generate(), run.output().path()));
    CommandResult answer =
        new CommandResult()
            .line("observations: " + written.observations() + " (" + written.format() + ")")
            .line("labels:       " + written.labels())
            .figure("seconds", clock.seconds());
    List<String> settings = settings(run.source(), written);
    return settings.isEmpty() ? answer : answer.line("to read them: " + String.join(" ", settings));
  }

  /** What the run file's source lacks to be the sample, as words of the command line. */
  private static List<String> settings(SourceSpec source, GenerateFlow.Written written) {
    List<String> words = new ArrayList<>();
    if (!source.format().equals(written.format())) {
      words.add("source.format=" + written.format());
    }
    if (!source.paths().equals(List.of(written.observations()))) {
      words.add("'source.paths=[\"" + written.observations() + "\"]'");
    }
    return words;
  }
}

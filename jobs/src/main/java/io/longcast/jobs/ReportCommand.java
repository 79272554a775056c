package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.ModelStore;
import io.longcast.flow.report.ReportFlow;
import io.longcast.logs.LogSpec;
import io.longcast.logs.flow.LogReportFlow;
import io.longcast.pipeline.StageClock;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longcast report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Writes report-NAME.html, one file that shows the tables of a run in a browser, without a"
            + " network.")
final class ReportCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ReportCommand.class);

  @Option(
      names = "--model",
      paramLabel = "ID",
      description = "model whose rows are shown (default: the promoted model, else the newest)")
  private String model;

  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    return options.run("report", this::work);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    String id = Optional.ofNullable(model).orElseGet(() -> shown(new ModelStore(spark, run)));
    return add(new CommandResult(), spark, run, id, true, clock).figure("model_id", id);
  }

  /** The same with the report of the model that serves. */
  static CommandResult atEnd(
      CommandResult answer, SparkSession spark, RunSpec run, StageClock clock) {
    return new ModelStore(spark, run)
        .promoted()
        .map(id -> atEnd(answer, spark, run, id, clock))
        .orElse(answer);
  }

  private static String shown(ModelStore store) {
    return store
        .promoted()
        .or(() -> store.summaries().stream().findFirst().map(newest -> newest.modelId()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no model to report on in the output folder: train one with longcast"
                        + " train, or name the folder of a run by --output"));
  }

  /** Ends a command with the report of its model, unless the settings switch it off. */
  static CommandResult atEnd(
      CommandResult answer, SparkSession spark, RunSpec run, String modelId, StageClock clock) {
    if (!run.report().automatic()) {
      return answer;
    }
    try {
      return add(answer, spark, run, modelId, false, clock);
    } catch (RuntimeException failed) {
      // The work before it is done and published: a picture of it must not turn it into a failure.
      LOG.warn("the report was not written (report.automatic = false switches it off)", failed);
      return answer.line("the report was not written: " + failed.getMessage());
    }
  }

  private static CommandResult add(
      CommandResult answer,
      SparkSession spark,
      RunSpec run,
      String modelId,
      boolean reads,
      StageClock clock) {
    String file =
        clock.time(
            "report",
            () ->
                run.section(LogSpec.class).isConfigured()
                    ? LogReportFlow.write(spark, run, modelId, Instant.now())
                    : ReportFlow.write(spark, run, modelId, reads, Instant.now()).file());
    return answer.figure("report", file).line("report: " + file);
  }
}

package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.DetectFlow;
import io.longcast.logs.LogSpec;
import io.longcast.logs.flow.LogDetectFlow;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longcast detect}. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    description =
        "Scores every value of the series, or every session of a log, with the promoted model or the"
            + " one given.")
final class DetectCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "with --to: scores this part of the past anew and replaces its rows")
  private Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "end of the part, exclusive")
  private Instant to;

  @Mixin private RunOptions options;
  @Mixin private ModelOption which;

  @Override
  public Integer call() throws IOException {
    if ((from == null) != (to == null)) {
      throw new IllegalArgumentException(
          "--from and --to belong together, such as --from 2024-03-01T00:00:00Z --to"
              + " 2024-03-02T00:00:00Z");
    }
    return options.run("detect", this::work);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    if (run.section(LogSpec.class).isConfigured()) {
      LogDetectFlow.Outcome done = LogDetectFlow.run(spark, run, which.bundle(spark, run), clock);
      return reported(LogCommandResults.detected(done, run), spark, run, done.modelId(), clock);
    }
    return series(spark, run, clock);
  }

  /** A bundle outside the output folder has no model there that a report could describe. */
  private CommandResult reported(
      CommandResult answer, SparkSession spark, RunSpec run, String modelId, StageClock clock) {
    return which.isFolder() ? answer : ReportCommand.atEnd(answer, spark, run, modelId, clock);
  }

  private CommandResult series(SparkSession spark, RunSpec run, StageClock clock) {
    ServedModel model = BundleWriter.served(which.bundle(spark, run));
    DetectFlow.Outcome done =
        from == null
            ? DetectFlow.run(spark, run, model, clock)
            : DetectFlow.backfill(spark, run, model, from, to, clock);
    CommandResult answer = new CommandResult();
    done.approximation()
        .ifPresent(words -> answer.line("scores: " + words).figure("approximation", words));
    answer.line(done.rows().toString());
    done.lines().forEach(answer::line);
    RunExtracts.events(spark, run, done.modelId()).forEach(answer::line);
    answer
        .figure("counts", done.counts())
        .seconds(clock.seconds())
        .figure("model_id", done.modelId())
        .line("anomalies: " + run.output().table(AnomaliesTable.TABLE.name()))
        .line("events: " + run.output().table(EventsTable.TABLE.name()));
    return reported(answer, spark, run, done.modelId(), clock);
  }
}

package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.VacuumFlow;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.pipeline.StageClock;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longcast vacuum}. */
@Command(
    name = "vacuum",
    mixinStandardHelpOptions = true,
    description =
        "Deletes the partitions of forecasts, anomalies, events and log_anomalies that"
            + " output.retention no longer keeps.")
final class VacuumCommand implements Callable<Integer> {
  @Option(names = "--dry-run", description = "only say what would be deleted")
  private boolean dryRun;

  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    return options.run("vacuum", this::work);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    CommandResult answer = new CommandResult();
    VacuumFlow.run(spark, run.output(), dryRun, LogAnomaliesTable.TABLE)
        .forEach(
            (table, partitions) ->
                answer
                    .line(
                        "%s: %d partitions %s"
                            .formatted(
                                table, partitions.size(), dryRun ? "would be deleted" : "deleted"))
                    .figure(table, partitions));
    return answer;
  }
}

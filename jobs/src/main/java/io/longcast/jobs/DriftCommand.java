package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.DriftFlow;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.StageClock;
import io.longcast.table.DriftTable;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast drift}. */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    description =
        "Compares the recent past of each series with the training data of the model; exit code 3"
            + " where the fleet has drifted.")
final class DriftCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Mixin private ModelOption which;

  @Override
  public Integer call() throws IOException {
    return options.run("drift", this::work);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    DriftFlow.Outcome done =
        DriftFlow.run(spark, run, BundleWriter.served(which.bundle(spark, run)), clock);
    CommandResult answer = new CommandResult();
    done.report().lines().forEach(answer::line);
    answer
        .seconds(clock.seconds())
        .figure("model_id", done.modelId())
        .figure("drift", done.report().isDrift())
        .figure("problems", done.report().problems())
        .line("drift: " + run.output().table(DriftTable.TABLE.name()));
    return done.report().isDrift()
        ? answer.gateMissed("the data have drifted from those of the training")
        : answer;
  }
}

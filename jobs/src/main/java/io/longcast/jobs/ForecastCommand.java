package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.ClassifyFlow;
import io.longcast.flow.ForecastFlow;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.table.ClassesTable;
import io.longcast.table.ForecastsTable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast forecast}. */
@Command(
    name = "forecast",
    mixinStandardHelpOptions = true,
    description = "Forecasts every series with the promoted model or the one given.")
final class ForecastCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Mixin private ModelOption which;

  @Override
  public Integer call() throws IOException {
    return options.run("forecast", this::work);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    ServedModel model = BundleWriter.served(which.bundle(spark, run));
    return model.state().labels()
        ? classes(spark, run, model, clock)
        : forecasts(spark, run, model, clock);
  }

  private static CommandResult classes(
      SparkSession spark, RunSpec run, ServedModel model, StageClock clock) {
    ClassifyFlow.Outcome done = ClassifyFlow.run(spark, run, model, clock);
    return new CommandResult()
        .line(done.rows().toString())
        .seconds(clock.seconds())
        .figure("model_id", done.modelId())
        .line("classes: " + run.output().table(ClassesTable.TABLE.name()));
  }

  private static CommandResult forecasts(
      SparkSession spark, RunSpec run, ServedModel model, StageClock clock) {
    ForecastFlow.Outcome done = ForecastFlow.run(spark, run, model, clock);
    CommandResult answer = new CommandResult().line(done.rows().toString());
    RunExtracts.forecasts(spark, run, done.modelId()).forEach(answer::line);
    return answer
        .line("series and channels by status of their forecast: " + statuses(done.statuses()))
        .detail("interval ends moved to contain their point forecast: " + done.widened())
        .figure("statuses", done.statuses())
        .seconds(clock.seconds())
        .figure("model_id", done.modelId())
        .line("forecasts: " + run.output().table(ForecastsTable.TABLE.name()))
        .line("to see them: longcast report, or longcast show forecasts");
  }

  private static String statuses(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(status -> "%s %,d".formatted(status.getKey(), status.getValue()))
        .collect(Collectors.joining(", "));
  }
}

package io.longcast.jobs;

import com.typesafe.config.ConfigFactory;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.ClassifyFlow;
import io.longcast.flow.ForecastFlow;
import io.longcast.flow.draft.DraftFlow;
import io.longcast.model.ModelSpec;
import io.longcast.model.zero.ZeroWeights;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.table.ClassesTable;
import io.longcast.table.ForecastsTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longcast forecast}. */
@Command(
    name = "forecast",
    mixinStandardHelpOptions = true,
    description = "Forecasts every series with the promoted model or the one given.")
final class ForecastCommand implements Callable<Integer> {
  @Option(
      names = "--zero",
      description =
          "forecast without training, with the network in the jar (model.pretrained ="
              + " longcast-zero); instead of a run file, the data themselves may be given, whose"
              + " columns are found as by longcast init")
  private boolean zero;

  @Mixin private RunOptions options;
  @Mixin private ModelOption which;

  @Override
  public Integer call() throws IOException {
    if (!zero) {
      return options.run("forecast", this::work);
    }
    Optional<String> data = options.file().filter(word -> !word.endsWith(".conf"));
    options.with("model.pretrained=" + ZeroWeights.BUILT_IN);
    data.ifPresent(options::without);
    return options.run(
        "forecast",
        (spark, run, clock) ->
            work(spark, data.map(file -> drafted(spark, file, run)).orElse(run), clock));
  }

  private RunSpec drafted(SparkSession spark, String data, RunSpec run) {
    String text = DraftFlow.run(spark, Path.of(data), run.output().path()).text();
    return RunFile.read(ConfigFactory.parseString(text), options.overrides()).spec();
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    if (run.model().pretrained() != ModelSpec.Pretrained.NONE) {
      return forecasts(spark, run, ForecastFlow.untrained(spark, run, clock), clock);
    }
    ServedModel model = BundleWriter.served(which.bundle(spark, run));
    return model.state().labels()
        ? classes(spark, run, model, clock)
        : forecasts(spark, run, ForecastFlow.run(spark, run, model, clock), clock);
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
      SparkSession spark, RunSpec run, ForecastFlow.Outcome done, StageClock clock) {
    CommandResult answer = new CommandResult().line(done.rows().toString());
    RunExtracts.forecasts(spark, run, done.modelId()).forEach(answer::line);
    return answer
        .line("series and channels by status of their forecast: " + statuses(done.statuses()))
        .detail("interval ends moved to contain their point forecast: " + done.widened())
        .figure("statuses", done.statuses())
        .seconds(clock.seconds())
        .figure("model_id", done.modelId())
        .line("forecasts: " + run.output().table(ForecastsTable.TABLE.name()))
        .line(
            run.model().pretrained() == ModelSpec.Pretrained.NONE
                ? "to see them: longcast report, or longcast show forecasts"
                : "to see them: longcast show forecasts");
  }

  private static String statuses(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(status -> "%s %,d".formatted(status.getKey(), status.getValue()))
        .collect(Collectors.joining(", "));
  }
}

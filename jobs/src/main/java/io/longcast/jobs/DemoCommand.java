package io.longcast.jobs;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.DemoFlow;
import io.longcast.flow.FaultReport;
import io.longcast.flow.SparkTimes;
import io.longcast.logs.LogSpec;
import io.longcast.logs.flow.LogDemoFlow;
import io.longcast.pipeline.StageClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast demo}: on {@code conf/sensors.conf} unless another run file is named. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Generates data, trains, forecasts, detects anomalies and prints a summary.")
final class DemoCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    return options.run("demo", Optional.of(conf("sensors")), this::watched);
  }

  /** The demo, and at its end what Spark itself cost. */
  private CommandResult watched(SparkSession spark, RunSpec run, StageClock clock) {
    SparkTimes times = SparkTimes.watch(spark);
    CommandResult answer =
        run.section(LogSpec.class).isConfigured()
            ? log(spark, run, clock)
            : both(spark, run, clock);
    SparkTimes.Seen seen = times.stop();
    return answer.line(seen.line()).figure("spark", seen.figures());
  }

  private static Path conf(String name) {
    String home = Optional.ofNullable(System.getenv("LONGCAST_HOME")).orElse("");
    return Path.of(home, "conf", name + ".conf");
  }

  /** The series, and where {@code conf/logs.conf} is there, a small log. */
  private CommandResult both(SparkSession spark, RunSpec run, StageClock clock) {
    CommandResult answer = work(spark, run, clock);
    if (!Files.isReadable(conf("logs"))) {
      return answer;
    }
    List<String> small =
        List.of(
            "output.path=" + run.output().path(),
            "output.format=" + run.output().format(),
            "output.commitProtocol="
                + run.output().commitProtocol().name().toLowerCase(Locale.ROOT),
            "training.steps=100");
    RunSpec log = RunFile.read(Optional.of(conf("logs")), small).spec();
    return answer.part("logs", log(spark, log, clock.fresh()));
  }

  /** On {@code conf/logs.conf}. */
  private CommandResult log(SparkSession spark, RunSpec run, StageClock clock) {
    LogDemoFlow.Outcome done = LogDemoFlow.run(spark, run, options.resume(), clock);
    CommandResult answer = LogCommandResults.demo(done).seconds(clock.seconds());
    answer.line("tables and models: " + run.output().path());
    return ReportCommand.atEnd(answer, spark, run, done.training().modelId(), clock);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    DemoFlow.Outcome done = DemoFlow.run(spark, run, options.resume(), clock);
    FaultReport faults = done.faults();
    CommandResult answer =
        new CommandResult()
            .line(done.training().rows().toString())
            .comparison(done.training().comparison())
            .line(
                "forecasts: %,d rows; scored values: %,d; anomalous values: %,d"
                    .formatted(done.forecasts(), done.scored(), done.alarms()));
    faults.table().lines().forEach(answer::line);
    answer.line(
        "events: %,d, of them %,d away from any fault and %,d within a day after one: %.2f false events per series and week"
            .formatted(
                faults.events(), faults.falseEvents(), faults.echoes(), done.falseEventsPerWeek()));
    done.examples().forEach(answer::line);
    String id = done.training().model().id();
    answer
        .figure("faults", faults)
        .figure("false_events_per_series_week", done.falseEventsPerWeek())
        .seconds(done.seconds())
        .figure("model_id", id)
        .line("tables and models: " + run.output().path());
    return ReportCommand.atEnd(answer, spark, done.run(), id, clock);
  }
}

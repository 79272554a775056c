package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.DemoFlow;
import io.longcast.flow.FaultReport;
import io.longcast.flow.LogDemoFlow;
import io.longcast.flow.StageClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast demo}: on {@code conf/sensors.conf} unless another run file is named. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Generates a fleet, trains, forecasts, detects and prints a summary.")
final class DemoCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    String home = Optional.ofNullable(System.getenv("LONGCAST_HOME")).orElse("");
    return options.run(
        "demo",
        Optional.of(Path.of(home, "conf", "sensors.conf")),
        (spark, run, clock) -> run.isLog() ? log(spark, run, clock) : work(spark, run, clock));
  }

  /** On {@code conf/logs.conf}. */
  private Answer log(SparkSession spark, RunSpec run, StageClock clock) {
    LogDemoFlow.Outcome done = LogDemoFlow.run(spark, run, clock);
    Answer answer = LogAnswers.demo(done);
    return answer.seconds(clock.seconds()).line("tables and models: " + run.output().path());
  }

  private Answer work(SparkSession spark, RunSpec run, StageClock clock) {
    DemoFlow.Outcome done = DemoFlow.run(spark, run, clock);
    FaultReport faults = done.faults();
    Answer answer =
        new Answer()
            .line(done.training().rows().toString())
            .comparison(done.training().comparison())
            .line(
                "forecasts: %,d rows; scored values: %,d; anomalous values: %,d"
                    .formatted(done.forecasts(), done.scored(), done.alarms()));
    faults.table().lines().forEach(answer::line);
    answer.line(
        "events: %,d, of them %,d apart from any fault and %,d in the day after one: %.2f false ones a series and week"
            .formatted(
                faults.events(), faults.falseEvents(), faults.echoes(), done.falseEventsPerWeek()));
    done.examples().forEach(answer::line);
    return answer
        .figure("faults", faults)
        .figure("false_events_per_series_week", done.falseEventsPerWeek())
        .seconds(done.seconds())
        .figure("model_id", done.training().model().id())
        .line("tables and models: " + run.output().path());
  }
}

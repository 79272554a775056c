package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.DemoFlow;
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
    return options.run("demo", Optional.of(Path.of(home, "conf", "sensors.conf")), this::work);
  }

  private Answer work(SparkSession spark, RunSpec run, StageClock clock) {
    DemoFlow.Outcome done = DemoFlow.run(spark, run, clock);
    return new Answer()
        .line(done.training().rows().toString())
        .comparison(done.training().comparison())
        .line("forecasts: %,d rows; scored values: %,d".formatted(done.forecasts(), done.scored()))
        .line(
            "anomalous values: %,d, of them inside a labelled fault: %,d; labelled faults: %,d"
                .formatted(done.alarms(), done.labelledAlarms(), done.labels()))
        .seconds(done.seconds())
        .figure("model_id", done.training().model().id())
        .line("tables and models: " + run.output().path());
  }
}

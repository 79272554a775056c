package io.longcast.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast forecast}. */
@Command(
    name = "forecast",
    mixinStandardHelpOptions = true,
    description = "Forecasts every series with a trained bundle.")
final class ForecastCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    options.settings();
    throw new IllegalStateException("forecast has no flow in this build");
  }
}

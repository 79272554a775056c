package io.longcast.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast backtest}. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = "Trains and forecasts at rolling origins and compares with baselines.")
final class BacktestCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    options.settings();
    throw new IllegalStateException(
        "backtest at several origins is not part of this version; train compares on split.folds");
  }
}

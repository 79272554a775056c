package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.BacktestFlow;
import io.longcast.flow.StageClock;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
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
  public Integer call() throws IOException {
    return options.run("backtest", this::work);
  }

  private Answer work(SparkSession spark, RunSpec run, StageClock clock) {
    BacktestFlow.Outcome done = BacktestFlow.run(spark, run, clock);
    Answer answer = new Answer().line(done.rows().toString()).comparison(done.together());
    done.skills()
        .forEach((baseline, skill) -> answer.line("skill against " + baseline + ": " + skill));
    return answer.seconds(clock.seconds()).line("folds: " + done.folds().size());
  }
}

package io.longcast.jobs;

import io.longcast.backtest.ClassComparison;
import io.longcast.backtest.Comparison;
import io.longcast.config.RunSpec;
import io.longcast.flow.BacktestFlow;
import io.longcast.pipeline.StageClock;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast backtest}. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = "Evaluates a model at rolling origins, compared with baselines.")
final class BacktestCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    return options.run("backtest", this::work);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    if (run.isClassifier()) {
      BacktestFlow.Outcome<ClassComparison> done = BacktestFlow.classes(spark, run, clock);
      return skills(
          new CommandResult().line(done.rows().toString()).verdict(done.together()), done, clock);
    }
    BacktestFlow.Outcome<Comparison> done = BacktestFlow.forecasts(spark, run, clock);
    return skills(
        new CommandResult().line(done.rows().toString()).comparison(done.together()), done, clock);
  }

  private static CommandResult skills(
      CommandResult answer, BacktestFlow.Outcome<?> done, StageClock clock) {
    done.skills()
        .forEach(
            skill ->
                answer.line(
                    skill.name() + " against " + skill.against() + ": " + skill.interval()));
    return answer.seconds(clock.seconds()).line("folds: " + done.folds().size());
  }
}

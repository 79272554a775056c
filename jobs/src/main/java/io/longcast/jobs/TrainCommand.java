package io.longcast.jobs;

import io.longcast.anomaly.LabelledThreshold;
import io.longcast.backtest.ClassComparison;
import io.longcast.backtest.Comparison;
import io.longcast.config.RunSpec;
import io.longcast.flow.TrainFlow;
import io.longcast.flow.TrainOutcome;
import io.longcast.logs.LogSpec;
import io.longcast.logs.flow.LogTrainFlow;
import io.longcast.pipeline.ServedBaseline;
import io.longcast.pipeline.StageClock;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longcast train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains one network over all series, or a model of a log, and writes a bundle.")
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--force",
      description = "promote the model even if a baseline is better (backtest.gate=off)")
  private boolean force;

  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    return (force ? options.with("backtest.gate=off") : options).run("train", this::work);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    CommandResult answer = train(spark, run, clock);
    return ReportCommand.atEnd(answer, spark, run, answer.figure("model_id"), clock);
  }

  private CommandResult train(SparkSession spark, RunSpec run, StageClock clock) {
    if (run.section(LogSpec.class).isConfigured()) {
      LogTrainFlow.Outcome trained = LogTrainFlow.run(spark, run, options.resume(), clock);
      boolean wins = trained.sequences().choice().beatsBaseline();
      CommandResult answer = LogCommandResults.trained(trained);
      return promotion(answer, run, trained.modelId(), trained.promoted(), wins);
    }
    TrainOutcome trained = TrainFlow.run(spark, run, options.resume(), clock);
    CommandResult answer = new CommandResult().line(trained.rows().toString());
    if (trained.evaluation() instanceof Comparison comparison) {
      answer.comparison(comparison);
      if (comparison.hasWindows() && comparison.isThin(run.backtest())) {
        answer.line(
            "the evidence is thin: the comparison rests on %,d values, backtest.minValues = %,d"
                    .formatted(comparison.values(), run.backtest().minValues())
                + " (split.folds gives more)");
      }
    } else {
      answer.verdict((ClassComparison) trained.evaluation());
    }
    answer.seconds(trained.seconds());
    trained.tracked().ifPresent(answer::line);
    trained.model().state().labelled().map(LabelledThreshold::described).ifPresent(answer::line);
    Optional<ServedBaseline> best = trained.model().state().servedBaseline();
    if (trained.promoted() && best.isPresent()) {
      String name = best.get().baseline().word();
      return identity(answer, run, trained.model().id(), true)
          .figure("forecasts_by", name)
          .line(
              "promoted: %s forecasts in place of the network, which does not beat it (backtest.gate ="
                      .formatted(name)
                  + " serve-best); detect uses the network");
    }
    boolean wins = trained.evaluation().subjectWins();
    return promotion(answer, run, trained.model().id(), trained.promoted(), wins);
  }

  private static CommandResult identity(
      CommandResult answer, RunSpec run, String id, boolean promoted) {
    return answer
        .figure("model_id", id)
        .figure("promoted", promoted)
        .line("model: " + run.output().table("models/" + run.name()) + "/" + id);
  }

  /** Says what became of the model, and whether the gate or force decided. */
  private static CommandResult promotion(
      CommandResult answer, RunSpec run, String id, boolean promoted, boolean wins) {
    identity(answer, run, id, promoted);
    if (!promoted) {
      return answer.gateMissed(
          "not promoted: it does not beat the best baseline (to promote it anyway: longcast models promote "
              + id
              + ", or longcast train --force)");
    }
    return wins
        ? answer.line("promoted: forecast and detect use this model now")
        : answer.line(
            "promoted by force (--force), although it does not beat the best baseline"
                + " (backtest.gate = off)");
  }
}

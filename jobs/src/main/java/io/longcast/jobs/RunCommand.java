package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.RunFlow;
import io.longcast.logs.LogSpec;
import io.longcast.pipeline.StageClock;
import io.longcast.settings.SettingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "The one command for cron, Airflow or Argo: forecasts, detects, delivers alerts, evaluates past"
          + " forecasts, looks for drift, and trains a challenger when one is due. It may be killed"
          + " and run again at any time.",
      "Exit codes: 0 all is well; 3 forecasts are worse than promised, the data have drifted, or no"
          + " model could be promoted; 4 another run is at work; 5 alerts are pending; 1 and 2 as"
          + " for every command."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    return options.run("run", RunCommand::work);
  }

  private static CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    if (run.section(LogSpec.class).isConfigured()) {
      throw new SettingException(
          "logs.files", "longcast run serves series; a log is served by longcast detect");
    }
    RunFlow.Outcome done = RunFlow.run(spark, run, clock);
    CommandResult answer = new CommandResult();
    List<Map<String, Object>> steps = new ArrayList<>();
    for (RunFlow.Step step : done.steps()) {
      step.lines().forEach(line -> answer.line(step.name() + ": " + line));
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("step", step.name());
      figures.putAll(step.figures());
      figures.put("problems", step.problems());
      steps.add(figures);
    }
    done.modelId().ifPresent(id -> answer.figure("model_id", id).line("promoted model: " + id));
    answer
        .figure("steps", steps)
        .figure("problems", done.problems())
        .figure("pending_alerts", done.pendingAlerts());
    ReportCommand.atEnd(answer, spark, run, clock).seconds(clock.seconds());
    done.problems().forEach(answer::gateMissed);
    return done.pendingAlerts() > 0
        ? answer.pending("alerts are pending: the next run tries them again")
        : answer;
  }
}

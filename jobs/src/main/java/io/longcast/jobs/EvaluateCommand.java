package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.evaluate.Metric;
import io.longcast.flow.EvaluateFlow;
import io.longcast.pipeline.StageClock;
import io.longcast.report.TerminalTable;
import io.longcast.table.AccuracyTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longcast evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description =
        "Compares past forecasts with the values observed since; exit code 3 where they are worse"
            + " than the model's evaluation promised.")
final class EvaluateCommand implements Callable<Integer> {
  private static final List<String> SHOWN = List.of("mase", "wape", "bias", "coverage_95");

  @Mixin private RunOptions options;
  @Mixin private ModelOption which;

  @Override
  public Integer call() throws IOException {
    return options.run("evaluate", this::work);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    EvaluateFlow.Outcome done = EvaluateFlow.run(spark, run, which.bundle(spark, run), clock);
    CommandResult answer = new CommandResult().line(done.rows().toString());
    TerminalTable table =
        new TerminalTable(List.of("forecasts", "mase", "wape", "bias", "coverage_95"));
    row(table, "all", done.accuracy().metrics());
    done.accuracy().byChannel().forEach((channel, metrics) -> row(table, channel, metrics));
    done.accuracy()
        .byFirstStep()
        .forEach(
            (step, metrics) ->
                row(table, "steps %d-%d".formatted(step, done.accuracy().lastStep(step)), metrics));
    table.toString().lines().forEach(answer::line);
    answer
        .line("observed values: %,d".formatted(done.accuracy().values()))
        .seconds(clock.seconds())
        .figure("model_id", done.modelId())
        .figure("metrics", figures(done.accuracy().metrics()))
        .figure("problems", done.problems())
        .figure("drivers", done.drivers())
        .line("accuracy: " + run.output().table(AccuracyTable.TABLE.name()));
    if (done.problems().isEmpty()) {
      return answer;
    }
    done.drivers().forEach(each -> answer.line("  " + each));
    return answer.gateMissed("worse than promised: " + String.join("; ", done.problems()));
  }

  private static void row(TerminalTable table, String name, List<Metric> metrics) {
    Map<String, Double> values = figures(metrics);
    table.row(name, SHOWN.stream().map(each -> values.getOrDefault(each, Double.NaN)).toList());
  }

  private static Map<String, Double> figures(List<Metric> metrics) {
    Map<String, Double> values = new TreeMap<>();
    metrics.forEach(metric -> values.put(metric.name(), metric.value()));
    return values;
  }
}

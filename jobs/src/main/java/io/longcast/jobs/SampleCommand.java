package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.ModelStore;
import io.longcast.logs.LogModel;
import io.longcast.logs.LogModelFiles;
import io.longcast.pipeline.StageClock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longcast sample}: what the language model of a log takes for normal, to read. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = "Prints sessions sampled from the language model of the promoted log model.")
final class SampleCommand implements Callable<Integer> {
  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description =
          "sampling temperature; 0: always the most probable message, 1: the model's distribution")
  private double temperature;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "3",
      description = "number of sessions")
  private int count;

  @Option(
      names = "--longest",
      paramLabel = "N",
      defaultValue = "200",
      description = "maximum number of messages per session")
  private int longest;

  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    return options.run("sample", this::work);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    if (!(temperature >= 0)) {
      throw new IllegalArgumentException(
          "temperature must be >= 0, found " + temperature + " (option --temperature)");
    }
    LogModel model = LogModelFiles.read(new ModelStore(spark, run).latestBundle());
    CommandResult answer = new CommandResult();
    for (int i = 0; i < count; i++) {
      int[] session =
          model.sequences().ranks().model().sample(temperature, longest, run.seed() + i);
      List<String> lines = model.lines(session);
      lines.forEach(answer::line);
      answer.line(session.length == longest ? "(cut off)" : "(end of session)").line("");
      answer.figure("session_" + (i + 1), lines);
    }
    return answer;
  }
}

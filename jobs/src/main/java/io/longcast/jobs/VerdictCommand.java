package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.VerdictFlow;
import io.longcast.table.VerdictsTable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longcast verdict}. */
@Command(
    name = "verdict",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether an event was worth its alarm. From the next detection on, each false alarm"
          + " halves the alarms that the series and channel may raise, each true alarm doubles them"
          + " (rules.verdicts bounds both)."
    })
final class VerdictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "EVENT_ID", description = "of an alert or the table events")
  private String eventId;

  @Parameters(
      index = "1",
      paramLabel = "VERDICT",
      description = "true_alarm, false_alarm, or none to take back what was said")
  private String verdict;

  @Option(names = "--by", paramLabel = "NAME", description = "who says it (default: the user)")
  private String by = System.getProperty("user.name");

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "whose threshold moves (default: the strongest channel of the event)")
  private String channel;

  @Option(names = "--note", paramLabel = "TEXT", description = "why")
  private String note;

  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    VerdictFlow.Verdict said = said();
    return options
        .without(eventId)
        .without(verdict)
        .run("verdict", (spark, run, clock) -> work(spark, run, said));
  }

  private VerdictFlow.Verdict said() {
    return Stream.of(VerdictFlow.Verdict.values())
        .filter(each -> each.name().equalsIgnoreCase(verdict))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "expected true_alarm, false_alarm or none, found " + verdict));
  }

  private CommandResult work(SparkSession spark, RunSpec run, VerdictFlow.Verdict said) {
    VerdictFlow.Outcome done =
        VerdictFlow.write(
            spark,
            run,
            new VerdictFlow.Judgement(
                eventId,
                said,
                Optional.ofNullable(channel),
                by,
                Optional.ofNullable(note),
                Instant.now()));
    CommandResult answer =
        new CommandResult()
            .figure("series_id", done.seriesId())
            .figure("channel", done.channel())
            .line("event %s of %s, %s".formatted(eventId, done.seriesId(), done.channel()));
    done.lines().forEach(answer::line);
    return answer.line("verdicts: " + run.output().table(VerdictsTable.TABLE.name()));
  }
}

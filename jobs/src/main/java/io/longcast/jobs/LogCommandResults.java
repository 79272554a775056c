package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.logs.AlarmShares;
import io.longcast.logs.SequenceModel;
import io.longcast.logs.flow.LogDemoFlow;
import io.longcast.logs.flow.LogDetectFlow;
import io.longcast.logs.flow.LogTrainFlow;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.report.TerminalTable;
import java.util.List;

/** What the commands say where the run works on logs. */
final class LogCommandResults {
  private LogCommandResults() {}

  static CommandResult trained(LogTrainFlow.Outcome done) {
    CommandResult answer = learned(new CommandResult(), done).seconds(done.seconds());
    done.tracked().ifPresent(answer::line);
    return answer;
  }

  private static CommandResult learned(CommandResult answer, LogTrainFlow.Outcome done) {
    SequenceModel sequences = done.sequences();
    answer
        .line(done.lines().toString())
        .line(
            "templates: %,d; training sessions: %,d, of them %,d distinct ones kept"
                .formatted(
                    done.templates(),
                    sequences.normal().all().sessions(),
                    sequences.normal().kept().counts().length))
        .line(unmatched(sequences.normal().unmatchedLines()))
        .line(shares(sequences.shares()));
    TerminalTable table =
        new TerminalTable(
            List.of("held-out sessions", "false alarms", "damaged found", "perplexity"));
    SequenceModel.Choice choice = sequences.choice();
    table.row("counts", List.of(choice.countsFalseAlarms(), choice.countsFound(), Double.NaN));
    table.row(
        "language model",
        List.of(choice.modelFalseAlarms(), choice.modelFound(), choice.perplexity()));
    table.row(
        "unseen key + length",
        List.of(choice.baselineFalseAlarms(), choice.baselineFound(), Double.NaN));
    table.toString().lines().forEach(answer::line);
    return answer
        .line(
            choice.byCounts()
                ? "sessions are scored by message counts; the language model explains the anomalies"
                : "sessions are scored by the language model")
        .figure("model_id", done.modelId())
        .figure("templates", done.templates())
        .figure("sessions", sequences.normal().all().sessions())
        .figure("unmatched_lines", sequences.normal().unmatchedLines())
        .figure("alarm_shares", sequences.shares())
        .figure("judged_by", choice.byCounts() ? "counts" : "language model")
        .figure("metrics", done.metrics());
  }

  private static String unmatched(long lines) {
    return "lines in sessions that match no template: %,d".formatted(lines);
  }

  private static String shares(AlarmShares shares) {
    return "alarm budget %.4f: unseen messages %.4f, counts %s, order %s, timing %s"
        .formatted(
            shares.budget(),
            shares.unseen(),
            share(shares.content()),
            share(shares.pairs()),
            share(shares.gaps()));
  }

  private static String share(double part) {
    return part == 0 ? "off" : "%.4f".formatted(part);
  }

  static CommandResult detected(LogDetectFlow.Outcome done, RunSpec run) {
    CommandResult answer =
        new CommandResult()
            .line(done.lines().toString())
            .line(unmatched(done.unmatched()))
            .line("abnormal sessions: %,d, highest scores:".formatted(done.anomalies()));
    done.top()
        .forEach(
            one ->
                answer.line("  %s %.4f %s".formatted(one.sessionId(), one.score(), one.reason())));
    return answer
        .seconds(done.seconds())
        .figure("model_id", done.modelId())
        .figure("anomalies", done.anomalies())
        .figure("top_sessions", done.top())
        .figure("unmatched_lines", done.unmatched())
        .line("anomalies: " + run.output().table(LogAnomaliesTable.TABLE.name()));
  }

  /** Recall by kind of fault, false alarms and traces of a generated log. */
  static CommandResult demo(LogDemoFlow.Outcome done) {
    CommandResult answer = learned(new CommandResult(), done.training());
    TerminalTable table = new TerminalTable(List.of("fault", "labelled", "found", "at its line"));
    done.faults()
        .forEach(
            (kind, count) ->
                table.row(
                    kind,
                    List.of(
                        (double) count.labelled(),
                        (double) count.found(),
                        (double) count.exact())));
    table.toString().lines().forEach(answer::line);
    return answer
        .line(unmatched(done.detection().unmatched()) + " (by the templates of training)")
        .figure("unmatched_lines_judged", done.detection().unmatched())
        .line(
            "abnormal sessions %,d, false alarms %,d (%.3f a device and week); traced to the raw"
                    .formatted(done.alarms(), done.falseAlarms(), done.falseAlarmsPerDeviceWeek())
                + " line %,d of %,d".formatted(done.traced(), done.alarms()))
        .figure("faults", done.faults())
        .figure("alarms", done.alarms())
        .figure("false_alarms", done.falseAlarms())
        .figure("false_alarms_per_device_week", done.falseAlarmsPerDeviceWeek())
        .figure("traced", done.traced())
        .figure("lines", done.training().lines().read());
  }
}

package io.longcast.jobs;

import io.longcast.anomaly.logs.SequenceModel;
import io.longcast.config.RunSpec;
import io.longcast.flow.LogDemoFlow;
import io.longcast.flow.LogDetectFlow;
import io.longcast.flow.LogTrainFlow;
import io.longcast.report.TextTable;
import io.longcast.table.LogAnomaliesTable;
import java.util.List;

/** What the commands say where the run works on logs. */
final class LogAnswers {
  private LogAnswers() {}

  static Answer trained(LogTrainFlow.Outcome done) {
    return learned(new Answer(), done).seconds(done.seconds());
  }

  private static Answer learned(Answer answer, LogTrainFlow.Outcome done) {
    SequenceModel sequences = done.sequences();
    answer
        .line(done.lines().toString())
        .line(
            "templates %,d; sessions learned from %,d, %,d of them distinct"
                .formatted(
                    done.templates(),
                    sequences.normal().total(),
                    sequences.normal().counts().length));
    TextTable table =
        new TextTable(List.of("held-out sessions", "false alarms", "damaged found", "perplexity"));
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
                ? "the counts judge, the language model explains"
                : "the language model judges")
        .figure("model_id", done.modelId())
        .figure("templates", done.templates())
        .figure("sessions", sequences.normal().total())
        .figure("judged_by", choice.byCounts() ? "counts" : "language model")
        .figure("metrics", done.metrics());
  }

  static Answer detected(LogDetectFlow.Outcome done, RunSpec run) {
    return new Answer()
        .line(done.lines().toString())
        .line("abnormal sessions: %,d".formatted(done.anomalies()))
        .seconds(done.seconds())
        .figure("model_id", done.modelId())
        .figure("anomalies", done.anomalies())
        .line("anomalies: " + run.output().table(LogAnomaliesTable.TABLE.name()));
  }

  /** Recall by kind of fault, false alarms and traces of a generated log. */
  static Answer demo(LogDemoFlow.Outcome done) {
    Answer answer = learned(new Answer(), done.training());
    TextTable table = new TextTable(List.of("fault", "labelled", "found", "at its line"));
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

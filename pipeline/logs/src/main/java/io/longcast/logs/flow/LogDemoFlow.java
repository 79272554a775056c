package io.longcast.logs.flow;

import io.longcast.config.RunSpec;
import io.longcast.flow.ModelStore;
import io.longcast.logs.LogSpec;
import io.longcast.logs.generate.LogGenerateSpec;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.pipeline.StageClock;
import io.longcast.write.FolderSink;
import io.longcast.write.TableReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The demo on a generated log: generate, train, detect, and compare with the labels. */
public final class LogDemoFlow {
  private static final double HOURS_A_WEEK = 168;

  private LogDemoFlow() {}

  /**
   * Labelled faults of one kind.
   *
   * @param labelled all of them
   * @param found sessions alarmed
   * @param exact alarmed at the exact line that was damaged first
   */
  public record Found(int labelled, int found, int exact) {}

  /**
   * The results of the demo.
   *
   * @param training what was learned
   * @param detection results of the detection
   * @param faults by kind
   * @param alarms abnormal sessions
   * @param falseAlarms of them, sessions without a label
   * @param falseAlarmsPerDeviceWeek their rate
   * @param traced alarms whose raw line, read from its file at its offset, is of their session
   */
  public record Outcome(
      LogTrainFlow.Outcome training,
      LogDetectFlow.Outcome detection,
      Map<String, Found> faults,
      long alarms,
      long falseAlarms,
      double falseAlarmsPerDeviceWeek,
      long traced) {}

  /**
   * Runs the demo; tables and model go to the run's output folder.
   *
   * @param resume whether the training resumes from its newest checkpoint
   */
  public static Outcome run(SparkSession spark, RunSpec run, boolean resume, StageClock clock) {
    clock.time("generate log", () -> LogGenerateFlow.run(spark, run));
    LogTrainFlow.Outcome training = LogTrainFlow.run(spark, run, resume, clock);
    LogDetectFlow.Outcome detection =
        LogDetectFlow.run(spark, run, new ModelStore(spark, run).bundle(training.modelId()), clock);
    return clock.time("summary", () -> outcome(spark, run, training, detection));
  }

  private static Outcome outcome(
      SparkSession spark,
      RunSpec run,
      LogTrainFlow.Outcome training,
      LogDetectFlow.Outcome detection) {
    Map<String, Row> alarms = new HashMap<>();
    new TableReader(spark, run.output())
        .read(LogAnomaliesTable.TABLE)
        .where(functions.col(LogAnomaliesTable.MODEL_ID).equalTo(training.modelId()))
        .where(functions.col(LogAnomaliesTable.IS_ANOMALY))
        .collectAsList()
        .forEach(row -> alarms.put(row.getAs(LogAnomaliesTable.SESSION_ID), row));
    long traced = alarms.values().stream().filter(LogDemoFlow::isTraced).count();
    long all = alarms.size();
    Map<String, Found> faults = new TreeMap<>();
    List<Row> labels =
        FolderSink.read(spark, "parquet", LogGenerateFlow.labels(run)).collectAsList();
    for (Row label : labels) {
      Row alarm = alarms.remove(label.<String>getAs("session_id"));
      boolean exact =
          alarm != null
              && alarm.<Integer>getAs(LogAnomaliesTable.POSITION).equals(label.getAs("position"));
      faults.merge(
          label.getAs("kind"),
          new Found(1, alarm == null ? 0 : 1, exact ? 1 : 0),
          (a, b) -> new Found(a.labelled + b.labelled, a.found + b.found, a.exact + b.exact));
    }
    LogGenerateSpec spec = run.section(LogSpec.class).generate();
    double weeks = spec.devices() * (spec.hours() / HOURS_A_WEEK);
    return new Outcome(
        training, detection, faults, all, alarms.size(), alarms.size() / weeks, traced);
  }

  private static boolean isTraced(Row alarm) {
    String session = "[" + alarm.<String>getAs(LogAnomaliesTable.SESSION_ID) + "]";
    return alarm.<String>getAs(LogAnomaliesTable.LINE).contains(session);
  }
}

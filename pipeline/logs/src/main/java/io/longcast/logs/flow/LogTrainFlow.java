package io.longcast.logs.flow;

import io.longcast.config.RunSpec;
import io.longcast.flow.MetricRows;
import io.longcast.flow.ModelStore;
import io.longcast.flow.TrackFlow;
import io.longcast.logs.LogLineCounts;
import io.longcast.logs.LogSpec;
import io.longcast.logs.LogTrainStage;
import io.longcast.logs.SequenceModel;
import io.longcast.logs.TemplateRows;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.logs.table.TemplatesTable;
import io.longcast.logs.template.Template;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.StageClock;
import io.longcast.table.TrainingHistoryTable;
import io.longcast.train.HistoryRows;
import io.longcast.train.TrainingResult;
import io.longcast.write.TableReader;
import io.longcast.write.TableSink;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns the templates and the normal sessions of a log and publishes their bundle. */
public final class LogTrainFlow {
  private static final Logger LOG = LoggerFactory.getLogger(LogTrainFlow.class);

  private LogTrainFlow() {}

  /**
   * What was done.
   *
   * @param modelId of the bundle
   * @param promoted whether it was promoted: not if the gate is on and the chosen check finds no
   *     more than unseen keys and lengths do, or alarms more normal sessions than its budget
   * @param lines account of the input lines
   * @param templates learned, or read from an edited table
   * @param sequences what normal sessions look like
   * @param metrics by check and name
   * @param seconds by stage
   * @param tracked what became of logging it, in words; empty where it is not logged
   */
  public record Outcome(
      String modelId,
      boolean promoted,
      LogLineCounts lines,
      int templates,
      SequenceModel sequences,
      Map<String, Map<String, Double>> metrics,
      Map<String, Double> seconds,
      Optional<String> tracked) {}

  /**
   * Runs the flow.
   *
   * @param resume whether to resume from the newest checkpoints
   */
  public static Outcome run(SparkSession spark, RunSpec run, boolean resume, StageClock clock) {
    LogSpec spec = run.section(LogSpec.class);
    TableSink sink =
        TableSink.open(spark, run.output(), LogAnomaliesTable.TABLE, TemplatesTable.TABLE);
    LogSource source = LogSource.of(spark, spec);
    LogLineCounts account = clock.time("read", () -> source.account(spark, sink));
    List<Template> templates = clock.time("templates", () -> templates(spark, run, source));
    LogTraining trained =
        LogTraining.train(spark, run, source.lines(), templates, account.toString(), resume, clock);
    ModelBundle bundle = trained.bundle();
    String id = bundle.manifest().modelId();
    clock.time("publish", () -> publish(spark, run, sink, bundle, trained.training(), templates));
    boolean promoted =
        new ModelStore(spark, run).promoteThroughGate(id, serves(trained.sequences()));
    Optional<String> tracked =
        TrackFlow.log(run, bundle, trained.training().history(), promoted, clock);
    return new Outcome(
        id,
        promoted,
        account,
        templates.size(),
        trained.sequences(),
        bundle.manifest().metrics(),
        clock.seconds(),
        tracked);
  }

  /** What the gate asks of a model: it finds more than simple checks do and keeps to its budget. */
  private static boolean serves(SequenceModel sequences) {
    if (!sequences.keepsBudget()) {
      LOG.warn(
          "the chosen check alarms {} of the held-out normal sessions, more than the alarm budget of"
              + " {} (key logs.sequences.alarmBudget) and chance explain: learn from more sessions,"
              + " or only from those known to be normal (key logs.trainBefore)",
          String.format(Locale.ROOT, "%.3f", sequences.choice().falseAlarms()),
          sequences.shares().budget());
    }
    return sequences.keepsBudget() && sequences.choice().beatsBaseline();
  }

  private static List<Template> templates(SparkSession spark, RunSpec run, LogSource source) {
    return run.section(LogSpec.class)
        .templatesFrom()
        .map(folder -> TemplateRows.read(TableReader.load(spark, run.output().format(), folder)))
        .orElseGet(() -> LogTrainStage.templates(source.lines(), run.section(LogSpec.class)));
  }

  private static void publish(
      SparkSession spark,
      RunSpec run,
      TableSink sink,
      ModelBundle bundle,
      TrainingResult training,
      List<Template> templates) {
    String id = bundle.manifest().modelId();
    new ModelStore(spark, run).save(bundle);
    sink.replace(
        TemplateRows.of(spark, templates, id),
        TemplatesTable.TABLE,
        Map.of(TemplatesTable.MODEL_ID, id));
    MetricRows.write(spark, sink, id, bundle.manifest().metrics());
    sink.replace(
        HistoryRows.of(spark, id, training),
        TrainingHistoryTable.TABLE,
        Map.of(TrainingHistoryTable.MODEL_ID, id));
  }
}

package io.longcast.logs.flow;

import io.longcast.config.RunSettings;
import io.longcast.config.RunSpec;
import io.longcast.logs.LogModel;
import io.longcast.logs.LogModelFiles;
import io.longcast.logs.LogSpec;
import io.longcast.logs.LogTrainStage;
import io.longcast.logs.SequenceModel;
import io.longcast.logs.template.Template;
import io.longcast.model.bundle.Manifest;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.ResolvedConfig;
import io.longcast.pipeline.StageClock;
import io.longcast.train.TrainingResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A trained model of a log.
 *
 * @param bundle everything that is saved
 * @param sequences what normal sessions look like
 * @param training of the language model
 */
public record LogTraining(ModelBundle bundle, SequenceModel sequences, TrainingResult training) {

  /**
   * Learns the normal sessions of a log.
   *
   * @param lines as {@link io.longcast.logs.line.LogReadStage} reads them
   * @param counts of the lines as text, for the manifest
   * @param resume whether to resume from the newest checkpoints
   */
  public static LogTraining train(
      SparkSession spark,
      RunSpec run,
      Dataset<Row> lines,
      List<Template> templates,
      String counts,
      boolean resume,
      StageClock clock) {
    LogSpec spec = run.section(LogSpec.class);
    SequenceTraining trainer =
        new SequenceTraining(
            spark, spec.model(), stage -> ResolvedConfig.training(run, stage), resume, clock);
    SequenceModel sequences =
        clock.time("sessions", () -> LogTrainStage.sequences(lines, templates, spec, trainer));
    LogModel model = new LogModel(spec.templates(), templates, sequences);
    ModelBundle bundle =
        ModelBundle.of(
            manifest(spark, run, trainer.result(), counts, metrics(sequences.choice())),
            LogModelFiles.write(model));
    return new LogTraining(bundle, sequences, trainer.result());
  }

  private static Map<String, Map<String, Double>> metrics(SequenceModel.Choice choice) {
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    metrics.put(
        "counts",
        Map.of("false_alarms", choice.countsFalseAlarms(), "damaged_found", choice.countsFound()));
    metrics.put(
        "language model",
        Map.of(
            "false_alarms", choice.modelFalseAlarms(),
            "damaged_found", choice.modelFound(),
            "perplexity", choice.perplexity()));
    metrics.put(
        "unseen key + length",
        Map.of(
            "false_alarms", choice.baselineFalseAlarms(),
            "damaged_found", choice.baselineFound()));
    return metrics;
  }

  private static Manifest manifest(
      SparkSession spark,
      RunSpec run,
      TrainingResult training,
      String counts,
      Map<String, Map<String, Double>> metrics) {
    return new Manifest(
        Manifest.VERSION,
        "",
        run.name(),
        training.parametersSha256(),
        run.training().seed(),
        training.dataFingerprint(),
        training.numerics(),
        RunSettings.ofSection(run, "logs"),
        metrics,
        Map.of("spark", spark.version(), "java", Runtime.version().toString()),
        Map.of("lines", counts),
        Map.of());
  }
}

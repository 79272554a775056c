package io.longcast.pipeline;

import io.longcast.anomaly.DetectorConfig;
import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.LabelledThreshold;
import io.longcast.anomaly.LabelledThresholdStage;
import io.longcast.anomaly.ScoreCalibration;
import io.longcast.config.RunSpec;
import io.longcast.label.LabelStage;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/** Thresholds by labels: training chooses one, the bundle keeps it, detection takes it. */
public final class LabelledThresholds {
  private LabelledThresholds() {}

  /** Refuses a training that is to choose a threshold by labels that it is not given. */
  public static void requireLabels(RunSpec run) {
    if (run.anomaly().threshold().byLabels() && !run.labels().present()) {
      throw new IllegalArgumentException(
          "anomaly.threshold.by = labels needs labelled anomalies, found none: give intervals"
              + " (labels.intervals) or a column of the source (labels.column), or set"
              + " anomaly.threshold.by = budget");
    }
  }

  /** Whether the last channel of a dataset holds labels that choose a threshold. */
  private static boolean hasLabelChannel(RunSpec run, SeriesDataset data) {
    List<String> channels = data.layout().channels();
    return run.anomaly().threshold().byLabels()
        && run.labels().column().map(channels.get(channels.size() - 1)::equals).orElse(false);
  }

  /** The settings by which a training reads its source: with the label column where one is used. */
  public static RunSpec reading(RunSpec run) {
    return run.isClassifier() || run.anomaly().threshold().byLabels() ? run.readingLabels() : run;
  }

  /** The series to learn from, without a label column that chooses a threshold alone. */
  static JavaRDD<Segment> withoutLabels(RunSpec run, SeriesDataset data) {
    int last = data.layout().channels().size() - 1;
    return hasLabelChannel(run, data)
        ? data.segments().map(segment -> segment.withoutChannel(last))
        : data.segments();
  }

  /** The layout of {@link #withoutLabels}. */
  static SeriesLayout layoutWithoutLabels(RunSpec run, SeriesDataset data) {
    SeriesLayout layout = data.layout();
    List<String> channels = layout.channels();
    return hasLabelChannel(run, data)
        ? new SeriesLayout(
            channels.subList(0, channels.size() - 1),
            layout.pastCovariates(),
            layout.knownCovariates(),
            layout.staticCovariates())
        : layout;
  }

  /** The choice, or null where the budget decides. */
  static LabelledThreshold choose(
      SparkSession spark,
      RunSpec run,
      SeriesDataset data,
      DetectorContext context,
      ScoreCalibration scores,
      int holdout) {
    if (!run.anomaly().threshold().byLabels()) {
      return null;
    }
    JavaRDD<Segment> labelled =
        LabelStage.label(spark, data.segments(), data.layout(), run.labels()).segments();
    return LabelledThresholdStage.choose(labelled, context, scores, holdout);
  }

  /** The detection with the threshold of its model where labels decide. */
  static DetectorConfig apply(DetectorConfig detection, RunSpec run, ServedModel model) {
    if (!run.anomaly().threshold().byLabels()) {
      return detection;
    }
    return detection.at(
        model
            .state()
            .labelled()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the model "
                            + model.id()
                            + " has no threshold by labels: train it with anomaly.threshold.by ="
                            + " labels and labels.intervals or labels.column, or set"
                            + " anomaly.threshold.by = budget")));
  }
}

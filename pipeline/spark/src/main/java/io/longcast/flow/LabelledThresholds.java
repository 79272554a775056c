package io.longcast.flow;

import io.longcast.anomaly.DetectorConfig;
import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.LabelledThreshold;
import io.longcast.anomaly.LabelledThresholdStage;
import io.longcast.anomaly.ScoreCalibration;
import io.longcast.config.RunSpec;
import io.longcast.label.LabelStage;
import io.longcast.series.Segment;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/** Thresholds by labels: training chooses one, the bundle keeps it, detection takes it. */
final class LabelledThresholds {
  private LabelledThresholds() {}

  /** Refuses a training that is to choose a threshold by labels that it is not given. */
  static void requireLabels(RunSpec run) {
    if (run.anomaly().threshold().byLabels() && !run.labels().present()) {
      throw new IllegalArgumentException(
          "anomaly.threshold.by = labels needs labelled anomalies, found none: give intervals"
              + " (labels.intervals) or a column of the source (labels.column), or set"
              + " anomaly.threshold.by = budget");
    }
  }

  /** The choice, or null where the budget decides. A column of labels is read for it alone. */
  static LabelledThreshold choose(
      SparkSession spark,
      RunSpec run,
      SeriesDataset data,
      DetectorContext plan,
      ScoreCalibration scores,
      int holdout) {
    if (!run.anomaly().threshold().byLabels()) {
      return null;
    }
    if (run.labels().column().isEmpty()) {
      return LabelledThresholdStage.choose(labelled(spark, run, data), plan, scores, holdout);
    }
    try (SeriesDataset read =
        SeriesDataset.of(spark, run.readingLabels(), Optional.of(data.clean().codes()))) {
      return LabelledThresholdStage.choose(labelled(spark, run, read), plan, scores, holdout);
    }
  }

  private static JavaRDD<Segment> labelled(SparkSession spark, RunSpec run, SeriesDataset data) {
    return LabelStage.label(spark, data.segments(), data.layout(), run.labels()).segments();
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

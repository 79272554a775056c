package io.longcast.examples;

import io.longcast.spark.AnomalyDetector;
import io.longcast.spark.AnomalyDetectorModel;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Finds the meter that failed, with one false alarm allowed per meter and week. */
public final class DetectFaults {
  private DetectFaults() {}

  /** Runs on a local session. */
  public static void main(String[] args) throws IOException {
    try (SparkSession spark = Meters.session()) {
      events(Meters.rows(spark)).show(false);
    }
  }

  static Dataset<Row> events(Dataset<Row> history) {
    AnomalyDetectorModel detector =
        new AnomalyDetector()
            .setSeriesCols("meter_id")
            .setTimestampCol("ts")
            .setTargetCols("load")
            .setFrequency("1h")
            .setHorizon(12)
            .setContextLength(72)
            .setAlarmBudget(1)
            .set("model.hiddenSize", 8)
            .set("training.steps", 30)
            .fit(history);
    return detector.events(history);
  }
}

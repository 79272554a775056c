package io.longcast.examples;

import io.longcast.spark.Forecaster;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The pretrained network of the jar forecasts any series at once. */
public final class ForecastWithoutTraining {
  private ForecastWithoutTraining() {}

  /** Runs on a local session. */
  public static void main(String[] args) throws IOException {
    try (SparkSession spark = Meters.session()) {
      forecasts(Meters.rows(spark)).show();
    }
  }

  static Dataset<Row> forecasts(Dataset<Row> history) {
    return new Forecaster()
        .setSeriesCols("meter_id")
        .setTimestampCol("ts")
        .setTargetCols("load")
        .setFrequency("1h")
        .setHorizon(24)
        .setTraining("none")
        .fit(history)
        .transform(history);
  }
}

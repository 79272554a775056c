package io.longcast.examples;

import io.longcast.spark.Forecaster;
import io.longcast.spark.ForecasterModel;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Trains one network for all meters, compares it with baselines, and forecasts a day. */
public final class ForecastMeters {
  private ForecastMeters() {}

  /** Runs on a local session. */
  public static void main(String[] args) throws IOException {
    try (SparkSession spark = Meters.session()) {
      forecasts(Meters.rows(spark)).show();
    }
  }

  static Dataset<Row> forecasts(Dataset<Row> history) {
    ForecasterModel model =
        new Forecaster()
            .setSeriesCols("meter_id")
            .setTimestampCol("ts")
            .setTargetCols("load")
            .setFrequency("1h")
            .setHorizon(24)
            .setSeed(7)
            .set("model.hiddenSize", 16)
            .set("training.steps", 50)
            .fit(history);
    model.summary().comparison().show();
    return model.transform(history);
  }
}

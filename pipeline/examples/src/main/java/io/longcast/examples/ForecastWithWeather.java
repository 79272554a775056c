package io.longcast.examples;

import io.longcast.spark.Forecaster;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** A known covariate: the last day has a weather forecast and no load. */
public final class ForecastWithWeather {
  private ForecastWithWeather() {}

  /** Runs on a local session. */
  public static void main(String[] args) throws IOException {
    try (SparkSession spark = Meters.session()) {
      forecasts(Meters.rows(spark)).show();
    }
  }

  static Dataset<Row> forecasts(Dataset<Row> rows) {
    Row last = rows.agg(functions.max("ts")).head();
    Dataset<Row> known =
        rows.withColumn(
            "load",
            functions.when(
                functions
                    .col("ts")
                    .leq(
                        functions
                            .lit(last.getTimestamp(0))
                            .minus(functions.expr("INTERVAL 1 DAY"))),
                functions.col("load")));
    return new Forecaster()
        .setSeriesCols("meter_id")
        .setTimestampCol("ts")
        .setTargetCols("load")
        .setKnownCovariateCols("temperature")
        .setFrequency("1h")
        .setHorizon(24)
        .set("model.hiddenSize", 16)
        .set("training.steps", 50)
        .fit(known)
        .transform(known);
  }
}

package io.longcast.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Hourly meters with a daily season, a temperature that drives them, and one fault. */
final class Meters {
  static final int STEPS = 24 * 21;
  static final long START = 1_704_067_200L;

  private static final StructType SCHEMA =
      new StructType()
          .add("meter_id", DataTypes.StringType, true)
          .add("ts", DataTypes.LongType, true)
          .add("load", DataTypes.DoubleType, true)
          .add("temperature", DataTypes.DoubleType, true);

  private Meters() {}

  /** Rows with a timestamp, the last series with a spike at {@link #spikeStep}. */
  static Dataset<Row> rows(SparkSession spark, int meters) {
    List<Row> rows = new ArrayList<>();
    for (int meter = 0; meter < meters; meter++) {
      for (int step = 0; step < STEPS; step++) {
        double day = Math.sin(2 * Math.PI * (step + 3 * meter) / 24);
        double temperature = 10 + 5 * Math.sin(2 * Math.PI * step / 24 / 7);
        double noise = Math.sin(step * 12.9898 + meter * 78.233) * 0.3;
        double spike = meter == meters - 1 && step == spikeStep() ? 40 : 0;
        rows.add(
            RowFactory.create(
                "m" + meter,
                START + 3600L * step,
                20 + 5 * day - temperature / 3 + noise + spike,
                temperature));
      }
    }
    return spark
        .createDataFrame(rows, SCHEMA)
        .selectExpr("meter_id", "timestamp_seconds(ts) as ts", "load", "temperature");
  }

  static int spikeStep() {
    return STEPS - 30;
  }

  static Forecaster forecaster() {
    return new Forecaster()
        .setSeriesCols("meter_id")
        .setTimestampCol("ts")
        .setTargetCols("load")
        .setFrequency("1h")
        .setHorizon(12)
        .setContextLength(72)
        .setSeed(7)
        .set("model.hiddenSize", 8)
        .set("training.steps", 40)
        .set("training.shards", 2);
  }
}

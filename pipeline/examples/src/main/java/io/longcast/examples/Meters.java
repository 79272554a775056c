package io.longcast.examples;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Hourly loads of three meters, driven by the temperature; the last one has a fault. */
final class Meters {
  private static final int HOURS = 24 * 28;

  private Meters() {}

  /** Columns meter_id, ts, load and temperature. */
  static Dataset<Row> rows(SparkSession spark) {
    return spark
        .range(3L * HOURS)
        .selectExpr("id div %d as meter".formatted(HOURS), "id %% %d as hour".formatted(HOURS))
        .selectExpr(
            "concat('m', meter) as meter_id",
            "timestamp_seconds(1704067200 + 3600 * hour) as ts",
            "10 + 5 * sin(hour / 27) as temperature",
            "20 + 5 * sin((hour + 3 * meter) * pi() / 12) - 2 * sin(hour / 27)"
                + " + 0.3 * sin(hour * 12.9898 + meter * 78.2)"
                + " + if(meter = 2 and hour = %d, 40, 0) as load".formatted(HOURS - 30));
  }

  /** A session on two cores of this machine. */
  static SparkSession session() {
    return SparkSession.builder().appName("example").master("local[2]").getOrCreate();
  }
}

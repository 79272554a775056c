package io.longcast.anomaly;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.longcast.table.EventsTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * The second stage of a fleet's budget, Benjamini and Hochberg's step-up rule (1995) in every
 * bucket of time. Each series of the fleet is a hypothesis; the p-value of an event is the
 * probability that a normal series has a peak as high somewhere in the bucket. Of m series those
 * events stand whose p-value is at most the largest p(k) ≤ k · rate / m, p(k) being the k-th
 * smallest of the bucket: the expected share of false events among them is at most the rate. One
 * shuffle, of the events alone.
 */
final class FalseDiscoveryStage {
  private static final double WEEK = 7 * 86_400;
  private static final String VALUE = "p_value";
  private static final String BUCKET = "bucket";
  private static final String CUTOFF = "cutoff";

  private FalseDiscoveryStage() {}

  /**
   * The events that stand, or all where the rate is 0.
   *
   * @param events with {@link EventRows#PEAK}
   * @param series m, in the fleet
   */
  static Dataset<Row> standing(Dataset<Row> events, DetectorConfig detection, long series) {
    AnomalySpec spec = detection.plan().spec();
    if (spec.falseDiscovery() == 0) {
      return events.drop(EventRows.PEAK);
    }
    double seconds = spec.bucket().toMillis() / 1000.0;
    double steps = Math.max(1, detection.stepsPerWeek() * seconds / WEEK);
    ScoreCalibration scores = detection.scores();
    UserDefinedFunction value =
        udf((UDF1<Double, Double>) p -> Math.min(1, steps * scores.rate(p)), DataTypes.DoubleType);
    WindowSpec bucket = Window.partitionBy(BUCKET);
    WindowSpec ranked = bucket.orderBy(col(VALUE), col(EventsTable.SERIES_ID));
    return events
        .withColumn(VALUE, value.apply(col(EventRows.PEAK)))
        .withColumn(BUCKET, floor(col(EventsTable.START).cast("double").divide(seconds)))
        .withColumn(CUTOFF, row_number().over(ranked).multiply(spec.falseDiscovery() / series))
        .withColumn(
            CUTOFF,
            max(when(col(VALUE).leq(col(CUTOFF)), col(VALUE)).otherwise(lit(-1))).over(bucket))
        .where(col(VALUE).leq(col(CUTOFF)))
        .drop(VALUE, BUCKET, CUTOFF, EventRows.PEAK);
  }
}

package io.longcast.bench;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.longcast.anomaly.DetectResult;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What lies between two detections of the same series.
 *
 * @param mean of the differences of the scores, their size
 * @param most largest of them
 * @param off share of the scores that differ by more than a hundredth
 * @param alarms values that both call anomalous
 * @param exactAlarms values that the exact one does
 * @param otherAlarms values that the other one does
 * @param events of the other one that overlap an event of the exact one
 * @param otherEvents of the other one
 * @param found events of the exact one that overlap one of the other
 * @param exactEvents of the exact one
 */
record DetectionDifference(
    double mean,
    double most,
    double off,
    long alarms,
    long exactAlarms,
    long otherAlarms,
    long events,
    long otherEvents,
    long found,
    long exactEvents) {
  /** Scores that differ by more are counted. */
  private static final double OFF = .01;

  private static final String[] KEY = {
    AnomaliesTable.SERIES_ID, AnomaliesTable.CHANNEL, AnomaliesTable.TIMESTAMP
  };

  static DetectionDifference of(DetectResult exact, DetectResult other) {
    Row scores = scores(exact.anomalies(), other.anomalies());
    Dataset<Row> ours = exact.events(1);
    Dataset<Row> theirs = other.events(1);
    return new DetectionDifference(
        scores.getDouble(0),
        scores.getDouble(1),
        scores.getDouble(2),
        scores.getLong(3),
        scores.getLong(4),
        scores.getLong(5),
        touching(theirs, ours),
        theirs.count(),
        touching(ours, theirs),
        ours.count());
  }

  private static Row scores(Dataset<Row> exact, Dataset<Row> other) {
    Column difference =
        abs(
            col("a." + AnomaliesTable.ANOMALY_SCORE)
                .minus(col("b." + AnomaliesTable.ANOMALY_SCORE)));
    Column one = col("a." + AnomaliesTable.IS_ANOMALY);
    Column two = col("b." + AnomaliesTable.IS_ANOMALY);
    Column same = lit(true);
    for (String key : KEY) {
      same = same.and(col("a." + key).equalTo(col("b." + key)));
    }
    return exact
        .as("a")
        .join(other.as("b"), same)
        .agg(
            avg(difference),
            max(difference),
            avg(when(difference.gt(OFF), 1.).otherwise(0.)),
            count(when(one.and(two), 1)),
            count(when(one, 1)),
            count(when(two, 1)))
        .first();
  }

  private static long touching(Dataset<Row> events, Dataset<Row> others) {
    Column touch =
        col("a." + EventsTable.SERIES_ID)
            .equalTo(col("b." + EventsTable.SERIES_ID))
            .and(col("a." + EventsTable.START).lt(col("b." + EventsTable.END)))
            .and(col("b." + EventsTable.START).lt(col("a." + EventsTable.END)));
    return events.as("a").join(others.as("b"), touch, "left_semi").count();
  }

  Map<String, Double> figures() {
    return Map.of(
        "mean_difference",
        mean,
        "max_difference",
        most,
        "share_off",
        off,
        "alarms_in_common",
        alarms / (double) (exactAlarms + otherAlarms - alarms),
        "event_precision",
        events / (double) otherEvents,
        "event_recall",
        found / (double) exactEvents);
  }

  String words() {
    return String.format(
        Locale.ROOT,
        "%.5f %8.4f %7.4f %14d %6d %6d %13d %6d %6d %6d",
        mean,
        most,
        off,
        alarms,
        exactAlarms,
        otherAlarms,
        events,
        otherEvents,
        found,
        exactEvents);
  }
}

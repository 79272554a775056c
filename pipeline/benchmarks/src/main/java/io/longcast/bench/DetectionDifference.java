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
import java.sql.Timestamp;
import java.util.List;
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

  /**
   * The tables of a detection that are compared, read once. Close it to free the executors.
   *
   * @param values rows of the anomalies table, kept
   * @param events rows of the events table
   */
  record Tables(Dataset<Row> values, List<Row> events) implements AutoCloseable {
    static Tables of(DetectResult result) {
      return new Tables(
          result
              .anomalies()
              .select(
                  AnomaliesTable.SERIES_ID,
                  AnomaliesTable.CHANNEL,
                  AnomaliesTable.TIMESTAMP,
                  AnomaliesTable.ANOMALY_SCORE,
                  AnomaliesTable.IS_ANOMALY)
              .persist(),
          result.events(1).collectAsList());
    }

    @Override
    public void close() {
      values.unpersist();
    }
  }

  static DetectionDifference of(Tables exact, Tables other) {
    Row scores = scores(exact.values(), other.values());
    return new DetectionDifference(
        scores.getDouble(0),
        scores.getDouble(1),
        scores.getDouble(2),
        scores.getLong(3),
        scores.getLong(4),
        scores.getLong(5),
        touching(other.events(), exact.events()),
        other.events().size(),
        touching(exact.events(), other.events()),
        exact.events().size());
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

  private static long touching(List<Row> events, List<Row> others) {
    return events.stream().filter(one -> others.stream().anyMatch(two -> touch(one, two))).count();
  }

  private static boolean touch(Row one, Row two) {
    return one.getAs(EventsTable.SERIES_ID).equals(two.getAs(EventsTable.SERIES_ID))
        && one.<Timestamp>getAs(EventsTable.START).before(two.getAs(EventsTable.END))
        && two.<Timestamp>getAs(EventsTable.START).before(one.getAs(EventsTable.END));
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

package io.longcast.logs.flow;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.when;

import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.table.EventsTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Abnormal sessions as events, for alerts. */
final class LogEvents {
  private static final int ID_CHARACTERS = 16;
  private static final int SHA = 256;

  private LogEvents() {}

  /** The session and the milliseconds of its start: the same for each row of a session. */
  static Column session() {
    return functions.concat(
        col(LogAnomaliesTable.SESSION_ID),
        lit("@"),
        functions.unix_millis(col(LogAnomaliesTable.START)));
  }

  /**
   * An event per session: it opens with the first alarm and closes when the session has ended; an
   * alarm that was withdrawn by then makes an event of kind {@value EventsTable#WITHDRAWN}.
   *
   * @param found in the shape of {@link LogAnomaliesTable}, with times
   */
  static Dataset<Row> of(Dataset<Row> found) {
    Column kind = substring_index(col(LogAnomaliesTable.REASON), ": ", 1);
    Dataset<Row> events =
        found
            .withColumn(EventsTable.EVENT_ID, substring(sha2(session(), SHA), 1, ID_CHARACTERS))
            .withColumn(EventsTable.SERIES_ID, col(LogAnomaliesTable.SESSION_ID))
            .withColumn(EventsTable.END, col(LogAnomaliesTable.TIMESTAMP))
            .withColumn(EventsTable.PEAK_SCORE, col(LogAnomaliesTable.ANOMALY_SCORE))
            .withColumn(EventsTable.CHANNELS, array().cast("array<string>"))
            .withColumn(
                EventsTable.KIND,
                when(col(LogAnomaliesTable.IS_ANOMALY), kind).otherwise(EventsTable.WITHDRAWN))
            .withColumn(EventsTable.EVIDENCE, col(LogAnomaliesTable.REASON))
            .withColumn(EventsTable.SIMILAR_WINDOW, col(LogAnomaliesTable.NEAREST));
    return EventsTable.TABLE.select(events);
  }
}

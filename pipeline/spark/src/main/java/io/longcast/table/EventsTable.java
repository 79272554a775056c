package io.longcast.table;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Anomalous events: neighbouring anomalies of one series as one interval. */
public final class EventsTable {
  /** The event, the same in every run that sees it: of its series and first step. */
  public static final String EVENT_ID = "event_id";

  /** The series. */
  public static final String SERIES_ID = "series_id";

  /** Time of the first anomalous value, or of the nearest row before it that has a time. */
  public static final String START = "start";

  /**
   * End of the event, exclusive; of rows without a grid, a microsecond after the latest of them.
   */
  public static final String END = "end";

  /** {@link #OPEN} where the data end before the event does, else {@link #CLOSED}. */
  public static final String STATE = "state";

  /** The state of an event that may go on. */
  public static final String OPEN = "open";

  /** The state of an event that is over. */
  public static final String CLOSED = "closed";

  /** Highest anomaly score in the event, in [0, 1]. */
  public static final String PEAK_SCORE = "peak_score";

  /** Channels that took part, strongest first. */
  public static final String CHANNELS = "channels";

  /** What the event looks like, such as spike or level-shift. */
  public static final String KIND = "kind";

  /** The kind of an event that was none: rows that came late explain it. */
  public static final String WITHDRAWN = "withdrawn";

  /** The evidence for the kind, as text. */
  public static final String EVIDENCE = "evidence";

  /** The most similar window of the past: series and start. */
  public static final String SIMILAR_WINDOW = "similar_window";

  /** The model that made the row. */
  public static final String MODEL_ID = "model_id";

  /** First UTC day of the period that holds the start, see {@link PartitionPeriod#longer}. */
  public static final String DATE = "date";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(EVENT_ID, DataTypes.StringType, true),
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(START, DataTypes.TimestampType, true),
            DataTypes.createStructField(END, DataTypes.TimestampType, true),
            DataTypes.createStructField(STATE, DataTypes.StringType, true),
            DataTypes.createStructField(PEAK_SCORE, DataTypes.DoubleType, true),
            DataTypes.createStructField(
                CHANNELS, DataTypes.createArrayType(DataTypes.StringType, true), true),
            DataTypes.createStructField(KIND, DataTypes.StringType, true),
            DataTypes.createStructField(EVIDENCE, DataTypes.StringType, true),
            DataTypes.createStructField(SIMILAR_WINDOW, DataTypes.StringType, true),
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true),
            DataTypes.createStructField(DATE, DataTypes.DateType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(EVENT_ID, MODEL_ID);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of(MODEL_ID, DATE);

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("events", SCHEMA, KEY, PARTITIONS);

  private static final Duration LONGEST = Duration.ofDays(366);

  private EventsTable() {}

  /**
   * The partitions with events that may end at a time or after it: those from a year before,
   * because no event is expected to last longer.
   */
  public static Column mayEndAfter(Instant at) {
    Column date = functions.col(DATE);
    Date first = PartitionPeriod.YEAR.of(Timestamp.from(at.minus(LONGEST)));
    return date.isNull().or(date.geq(first));
  }
}

package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Anomalous events: neighbouring anomalies of one series as one interval. */
public final class EventsTable {
  /** The series. */
  public static final String SERIES_ID = "series_id";

  /** Time of the first anomalous value, or of the nearest row before it that has a time. */
  public static final String START = "start";

  /**
   * End of the event, exclusive; of rows without a grid, a microsecond after the latest of them.
   */
  public static final String END = "end";

  /** Highest anomaly score in the event, in [0, 1]. */
  public static final String PEAK_SCORE = "peak_score";

  /** Channels that took part, strongest first. */
  public static final String CHANNELS = "channels";

  /** What the event looks like, such as spike or level-shift. */
  public static final String KIND = "kind";

  /** The evidence for the kind, as text. */
  public static final String EVIDENCE = "evidence";

  /** The most similar window of the past: series and start. */
  public static final String SIMILAR_WINDOW = "similar_window";

  /** The model that made the row. */
  public static final String MODEL_ID = "model_id";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(START, DataTypes.TimestampType, true),
            DataTypes.createStructField(END, DataTypes.TimestampType, true),
            DataTypes.createStructField(PEAK_SCORE, DataTypes.DoubleType, true),
            DataTypes.createStructField(
                CHANNELS, DataTypes.createArrayType(DataTypes.StringType, true), true),
            DataTypes.createStructField(KIND, DataTypes.StringType, true),
            DataTypes.createStructField(EVIDENCE, DataTypes.StringType, true),
            DataTypes.createStructField(SIMILAR_WINDOW, DataTypes.StringType, true),
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(SERIES_ID, START, MODEL_ID);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of();

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("events", SCHEMA, KEY, PARTITIONS);

  private EventsTable() {}
}

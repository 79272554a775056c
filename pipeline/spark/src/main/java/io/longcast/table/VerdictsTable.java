package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Verdicts of operators on events. Written by {@code longcast verdict}; rows may be added by other
 * means, of an event and channel the newest one counts.
 */
public final class VerdictsTable {
  /** The event, of {@link EventsTable}. */
  public static final String EVENT_ID = "event_id";

  /** The series whose threshold moves. */
  public static final String SERIES_ID = "series_id";

  /** The channel whose threshold moves. */
  public static final String CHANNEL = "channel";

  /** {@link #TRUE_ALARM} or {@link #FALSE_ALARM}. */
  public static final String VERDICT = "verdict";

  /** The alarm was right. */
  public static final String TRUE_ALARM = "true_alarm";

  /** The alarm was not wanted. */
  public static final String FALSE_ALARM = "false_alarm";

  /** When it was said. */
  public static final String AT = "at";

  /** Who said it. */
  public static final String BY = "by";

  /** Why; null where nothing was said. */
  public static final String NOTE = "note";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(EVENT_ID, DataTypes.StringType, true),
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(CHANNEL, DataTypes.StringType, true),
            DataTypes.createStructField(VERDICT, DataTypes.StringType, true),
            DataTypes.createStructField(AT, DataTypes.TimestampType, true),
            DataTypes.createStructField(BY, DataTypes.StringType, true),
            DataTypes.createStructField(NOTE, DataTypes.StringType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(EVENT_ID, CHANNEL);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of();

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("verdicts", SCHEMA, KEY, PARTITIONS);

  private VerdictsTable() {}
}

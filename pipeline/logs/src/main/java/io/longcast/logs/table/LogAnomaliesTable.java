package io.longcast.logs.table;

import io.longcast.table.PartitionPeriod;
import io.longcast.table.TableShape;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Log anomalies: one row for each abnormal session, at the line where it departs first. */
public final class LogAnomaliesTable {
  /** The session. */
  public static final String SESSION_ID = "session_id";

  /** Time of the session's first line; null where the log has no times. */
  public static final String START = "start";

  /** Time of the line; that of the last line for the end of the session; null without times. */
  public static final String TIMESTAMP = "timestamp";

  /** The machine that wrote the line; null where the log does not say. */
  public static final String HOST = "host";

  /**
   * Place of the line in its session, from 0; the end of the session has the place after the last
   * line.
   */
  public static final String POSITION = "position";

  /** Template of the line that was found. */
  public static final String TEMPLATE_ID = "template_id";

  /** Templates that were expected, most probable first. */
  public static final String EXPECTED = "expected";

  /** Score in [0, 1]. */
  public static final String ANOMALY_SCORE = "anomaly_score";

  /** Whether the session is abnormal; false in a stream that has withdrawn an alarm. */
  public static final String IS_ANOMALY = "is_anomaly";

  /** {@code closed} for a session that has ended, {@code open} for one that may be revised. */
  public static final String STATE = "state";

  /** File of the line. */
  public static final String SOURCE_FILE = "source_file";

  /** Bytes before the line in its file. */
  public static final String SOURCE_OFFSET = "source_offset";

  /** The line as it was read. */
  public static final String LINE = "line";

  /** The reason, as text. */
  public static final String REASON = "reason";

  /** How the nearest normal session differs, as text. */
  public static final String NEAREST = "nearest";

  /** Lines of the session that fit no template of the model. */
  public static final String UNMATCHED = "unmatched";

  /** The model that made the row. */
  public static final String MODEL_ID = "model_id";

  /** First UTC day of the month that holds {@link #START}, as for events, which are as few. */
  public static final String DATE = "date";

  /** What one partition of {@link #DATE} holds. */
  public static final PartitionPeriod PERIOD = PartitionPeriod.DAY.longer();

  /** Field of {@link #EXPECTED}: its probability. */
  public static final String PROBABILITY = "probability";

  /** One element of {@link #EXPECTED}. */
  public static final StructType EXPECTATION =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(TEMPLATE_ID, DataTypes.StringType, true),
            DataTypes.createStructField(PROBABILITY, DataTypes.DoubleType, true)
          });

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(SESSION_ID, DataTypes.StringType, true),
            DataTypes.createStructField(START, DataTypes.TimestampType, true),
            DataTypes.createStructField(TIMESTAMP, DataTypes.TimestampType, true),
            DataTypes.createStructField(HOST, DataTypes.StringType, true),
            DataTypes.createStructField(POSITION, DataTypes.IntegerType, true),
            DataTypes.createStructField(TEMPLATE_ID, DataTypes.StringType, true),
            DataTypes.createStructField(
                EXPECTED, DataTypes.createArrayType(EXPECTATION, true), true),
            DataTypes.createStructField(ANOMALY_SCORE, DataTypes.DoubleType, true),
            DataTypes.createStructField(IS_ANOMALY, DataTypes.BooleanType, true),
            DataTypes.createStructField(STATE, DataTypes.StringType, true),
            DataTypes.createStructField(SOURCE_FILE, DataTypes.StringType, true),
            DataTypes.createStructField(SOURCE_OFFSET, DataTypes.LongType, true),
            DataTypes.createStructField(LINE, DataTypes.StringType, true),
            DataTypes.createStructField(REASON, DataTypes.StringType, true),
            DataTypes.createStructField(NEAREST, DataTypes.StringType, true),
            DataTypes.createStructField(UNMATCHED, DataTypes.IntegerType, true),
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true),
            DataTypes.createStructField(DATE, DataTypes.DateType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(SESSION_ID, START, MODEL_ID);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of(MODEL_ID, DATE);

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("log_anomalies", SCHEMA, KEY, PARTITIONS);

  private LogAnomaliesTable() {}
}

package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Anomaly scores: one row for each scored value. */
public final class AnomaliesTable {
  /** The series. */
  public static final String SERIES_ID = "series_id";

  /** The scored value column. */
  public static final String CHANNEL = "channel";

  /** Time of the value; null where the data have no time. */
  public static final String TIMESTAMP = "timestamp";

  /** Row number of the value where rows are kept as they are, else null. */
  public static final String ROW = "row";

  /** The value; null where it was not observed. */
  public static final String VALUE = "value";

  /** What the model expected. */
  public static final String EXPECTED = "expected";

  /** Lower end of the expected interval. */
  public static final String LOWER = "lower";

  /** Upper end of the expected interval. */
  public static final String UPPER = "upper";

  /** Score in [0, 1]. */
  public static final String ANOMALY_SCORE = "anomaly_score";

  /** The score from which a value is an anomaly. */
  public static final String THRESHOLD = "threshold";

  /** Whether the score reached the threshold. */
  public static final String IS_ANOMALY = "is_anomaly";

  /** Share of this channel in the anomaly of its series, in [0, 1]. */
  public static final String CONTRIBUTION = "contribution";

  /**
   * The score of the value by the values around it, in [0, 1]: better placed than {@link
   * #ANOMALY_SCORE}, which knows the values before it alone, and known up to 128 rows later, until
   * when it is null. Alarms do not depend on it.
   */
  public static final String SETTLED_SCORE = "settled_score";

  /**
   * The component with the largest share in the score: a kind of {@code anomaly.detector.channels},
   * or {@code joint} for a distance of all channels; null where nothing is unusual.
   */
  public static final String COMPONENT = "component";

  /** The model that made the row. */
  public static final String MODEL_ID = "model_id";

  /** First UTC day of the period that holds the timestamp, see {@link PartitionPeriod}. */
  public static final String DATE = "date";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(CHANNEL, DataTypes.StringType, true),
            DataTypes.createStructField(TIMESTAMP, DataTypes.TimestampType, true),
            DataTypes.createStructField(ROW, DataTypes.LongType, true),
            DataTypes.createStructField(VALUE, DataTypes.DoubleType, true),
            DataTypes.createStructField(EXPECTED, DataTypes.DoubleType, true),
            DataTypes.createStructField(LOWER, DataTypes.DoubleType, true),
            DataTypes.createStructField(UPPER, DataTypes.DoubleType, true),
            DataTypes.createStructField(ANOMALY_SCORE, DataTypes.DoubleType, true),
            DataTypes.createStructField(THRESHOLD, DataTypes.DoubleType, true),
            DataTypes.createStructField(IS_ANOMALY, DataTypes.BooleanType, true),
            DataTypes.createStructField(CONTRIBUTION, DataTypes.DoubleType, true),
            DataTypes.createStructField(SETTLED_SCORE, DataTypes.DoubleType, true),
            DataTypes.createStructField(COMPONENT, DataTypes.StringType, true),
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true),
            DataTypes.createStructField(DATE, DataTypes.DateType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(SERIES_ID, CHANNEL, TIMESTAMP, ROW, MODEL_ID);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of(MODEL_ID, DATE);

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("anomalies", SCHEMA, KEY, PARTITIONS);

  private AnomaliesTable() {}
}

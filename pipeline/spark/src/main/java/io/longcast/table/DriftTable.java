package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How the recent past differs from the training data of a model: rows of the fleet and of each
 * channel, and of the series that have drifted.
 */
public final class DriftTable {
  /** The model whose training data are compared with. */
  public static final String MODEL_ID = "model_id";

  /** Time of the newest row compared. */
  public static final String AT = "at";

  /** What a row describes: fleet, channel or series. */
  public static final String SCOPE = "scope";

  /** The series; null in other scopes. */
  public static final String SERIES_ID = "series_id";

  /** The channel; null for the fleet. */
  public static final String CHANNEL = "channel";

  /** The metric, such as stability, shift or missing. */
  public static final String METRIC = "metric";

  /** Its value; null where there is none. */
  public static final String VALUE = "value";

  /** The most extreme value of any window of the training data, or the limit of a share. */
  public static final String USUAL = "usual";

  /** Whether the value is beyond its limit. */
  public static final String IS_DRIFT = "is_drift";

  /** Observed values, or series, behind the value. */
  public static final String COUNT = "count";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true),
            DataTypes.createStructField(AT, DataTypes.TimestampType, true),
            DataTypes.createStructField(SCOPE, DataTypes.StringType, true),
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(CHANNEL, DataTypes.StringType, true),
            DataTypes.createStructField(METRIC, DataTypes.StringType, true),
            DataTypes.createStructField(VALUE, DataTypes.DoubleType, true),
            DataTypes.createStructField(USUAL, DataTypes.DoubleType, true),
            DataTypes.createStructField(IS_DRIFT, DataTypes.BooleanType, true),
            DataTypes.createStructField(COUNT, DataTypes.LongType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(MODEL_ID, AT, SCOPE, SERIES_ID, CHANNEL, METRIC);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of(MODEL_ID);

  /** Columns whose values a run replaces: the comparison of a time with a model. */
  public static final List<String> REPLACED = List.of(MODEL_ID, AT);

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("drift", SCHEMA, KEY, PARTITIONS);

  private DriftTable() {}
}

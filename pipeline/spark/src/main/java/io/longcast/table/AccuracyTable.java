package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Accuracy of past forecasts, measured on the values that were observed since. */
public final class AccuracyTable {
  /** The model that forecast. */
  public static final String MODEL_ID = "model_id";

  /** What a row summarises: fleet, series, day or steps. */
  public static final String SCOPE = "scope";

  /** The series; null in other scopes. */
  public static final String SERIES_ID = "series_id";

  /** The channel; null over all channels. */
  public static final String CHANNEL = "channel";

  /** UTC day of the origins; null in other scopes. */
  public static final String DAY = "day";

  /** First step; null in other scopes. */
  public static final String FROM_STEP = "from_step";

  /** Last step; null in other scopes. */
  public static final String TO_STEP = "to_step";

  /** The metric, such as mase, bias or coverage_95. */
  public static final String METRIC = "metric";

  /** Its value; null where nothing was counted. */
  public static final String VALUE = "value";

  /** Windows or values behind it. */
  public static final String COUNT = "count";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true),
            DataTypes.createStructField(SCOPE, DataTypes.StringType, true),
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(CHANNEL, DataTypes.StringType, true),
            DataTypes.createStructField(DAY, DataTypes.DateType, true),
            DataTypes.createStructField(FROM_STEP, DataTypes.IntegerType, true),
            DataTypes.createStructField(TO_STEP, DataTypes.IntegerType, true),
            DataTypes.createStructField(METRIC, DataTypes.StringType, true),
            DataTypes.createStructField(VALUE, DataTypes.DoubleType, true),
            DataTypes.createStructField(COUNT, DataTypes.LongType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY =
      List.of(MODEL_ID, SCOPE, SERIES_ID, CHANNEL, DAY, FROM_STEP, METRIC);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of(MODEL_ID);

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("accuracy", SCHEMA, KEY, PARTITIONS);

  private AccuracyTable() {}
}

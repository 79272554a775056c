package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Metrics: one number with the count behind it. */
public final class MetricsTable {
  /** The run's model. */
  public static final String MODEL_ID = "model_id";

  /** The forecaster measured: the network or a baseline's name. */
  public static final String MODEL = "model";

  /** The channel, or null over all channels. */
  public static final String CHANNEL = "channel";

  /** The group of windows measured, of a classifier also the class; or null over all. */
  public static final String GROUP = "group";

  /** The fold, or null over all folds. */
  public static final String FOLD = "fold";

  /** The metric's name, such as mase. */
  public static final String METRIC = "metric";

  /** The value; NaN without data. */
  public static final String VALUE = "value";

  /** How many values or windows stand behind it. */
  public static final String COUNT = "count";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true),
            DataTypes.createStructField(MODEL, DataTypes.StringType, true),
            DataTypes.createStructField(CHANNEL, DataTypes.StringType, true),
            DataTypes.createStructField(GROUP, DataTypes.StringType, true),
            DataTypes.createStructField(FOLD, DataTypes.IntegerType, true),
            DataTypes.createStructField(METRIC, DataTypes.StringType, true),
            DataTypes.createStructField(VALUE, DataTypes.DoubleType, true),
            DataTypes.createStructField(COUNT, DataTypes.LongType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(MODEL_ID, MODEL, CHANNEL, GROUP, FOLD, METRIC);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of();

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("metrics", SCHEMA, KEY, PARTITIONS);

  private MetricsTable() {}
}

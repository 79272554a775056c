package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a backtest found in detail; a null key column means over all of them. Totals of a hierarchy
 * can be series of their own beside their parts.
 */
public final class BacktestTable {
  /** The backtest. */
  public static final String MODEL_ID = "model_id";

  /** The forecaster measured: the network or a baseline's name. */
  public static final String MODEL = "model";

  /** The baseline that a skill is measured against, else null. */
  public static final String AGAINST = "against";

  /** The fold from 1, the oldest; null over all. */
  public static final String FOLD = "fold";

  /** The series, or null. */
  public static final String SERIES_ID = "series_id";

  /** Its channel, or null. */
  public static final String CHANNEL = "channel";

  /** The step, 1..horizon, or null. */
  public static final String STEP = "step";

  /** The metric's name, such as mase or skill_lower. */
  public static final String METRIC = "metric";

  /** The value; NaN without data. */
  public static final String VALUE = "value";

  /** How many values, windows or series stand behind it. */
  public static final String COUNT = "count";

  /** The columns. */
  public static final StructType SCHEMA =
      new StructType()
          .add(MODEL_ID, DataTypes.StringType, true)
          .add(MODEL, DataTypes.StringType, true)
          .add(AGAINST, DataTypes.StringType, true)
          .add(FOLD, DataTypes.IntegerType, true)
          .add(SERIES_ID, DataTypes.StringType, true)
          .add(CHANNEL, DataTypes.StringType, true)
          .add(STEP, DataTypes.IntegerType, true)
          .add(METRIC, DataTypes.StringType, true)
          .add(VALUE, DataTypes.DoubleType, true)
          .add(COUNT, DataTypes.LongType, true);

  /** Columns that identify a row. */
  public static final List<String> KEY =
      List.of(MODEL_ID, MODEL, AGAINST, FOLD, SERIES_ID, CHANNEL, STEP, METRIC);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of();

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("backtest", SCHEMA, KEY, PARTITIONS);

  private BacktestTable() {}
}

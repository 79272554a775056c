package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Forecasts, with those of earlier runs: one row for each series, channel, origin, step and model.
 * A series without a forecast has one row with a null step; {@link ForecastStatus} says why.
 */
public final class ForecastsTable {
  /** The series. */
  public static final String SERIES_ID = "series_id";

  /** The forecast value column. */
  public static final String CHANNEL = "channel";

  /** Time of the first step; null where the data have no time. */
  public static final String ORIGIN = "origin";

  /** Step, 1..horizon; null in the row of a series without a forecast. */
  public static final String STEP = "step";

  /** Time of the step; null where the data have no time. */
  public static final String TIMESTAMP = "timestamp";

  /** Row number of the step where rows are kept as they are, else null. */
  public static final String ROW = "row";

  /** The point forecast, in the unit of the channel. */
  public static final String FORECAST = "forecast";

  /** Lower end of the 80 % interval. */
  public static final String LOWER_80 = "lower_80";

  /** Upper end of the 80 % interval. */
  public static final String UPPER_80 = "upper_80";

  /** Lower end of the 90 % interval. */
  public static final String LOWER_90 = "lower_90";

  /** Upper end of the 90 % interval. */
  public static final String UPPER_90 = "upper_90";

  /** Lower end of the 95 % interval. */
  public static final String LOWER_95 = "lower_95";

  /** Upper end of the 95 % interval. */
  public static final String UPPER_95 = "upper_95";

  /** All quantiles, ascending by level. */
  public static final String QUANTILES = "quantiles";

  /** {@link ForecastStatus} as a word: ok, a caution, or why there is no forecast. */
  public static final String STATUS = "status";

  /** The status in words and numbers; null where it is ok. */
  public static final String REASON = "reason";

  /** The model that made the row. */
  public static final String MODEL_ID = "model_id";

  /** First UTC day of the period that holds the origin, see {@link PartitionPeriod}. */
  public static final String ORIGIN_DATE = "origin_date";

  /** Field of {@link #QUANTILES}: the level in (0, 1). */
  public static final String LEVEL = "level";

  /** Field of {@link #QUANTILES}: the value in the unit of the channel. */
  public static final String VALUE = "value";

  /** One element of {@link #QUANTILES}. */
  public static final StructType QUANTILE =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(LEVEL, DataTypes.DoubleType, true),
            DataTypes.createStructField(VALUE, DataTypes.DoubleType, true)
          });

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(CHANNEL, DataTypes.StringType, true),
            DataTypes.createStructField(ORIGIN, DataTypes.TimestampType, true),
            DataTypes.createStructField(STEP, DataTypes.IntegerType, true),
            DataTypes.createStructField(TIMESTAMP, DataTypes.TimestampType, true),
            DataTypes.createStructField(ROW, DataTypes.LongType, true),
            DataTypes.createStructField(FORECAST, DataTypes.DoubleType, true),
            DataTypes.createStructField(LOWER_80, DataTypes.DoubleType, true),
            DataTypes.createStructField(UPPER_80, DataTypes.DoubleType, true),
            DataTypes.createStructField(LOWER_90, DataTypes.DoubleType, true),
            DataTypes.createStructField(UPPER_90, DataTypes.DoubleType, true),
            DataTypes.createStructField(LOWER_95, DataTypes.DoubleType, true),
            DataTypes.createStructField(UPPER_95, DataTypes.DoubleType, true),
            DataTypes.createStructField(QUANTILES, DataTypes.createArrayType(QUANTILE, true), true),
            DataTypes.createStructField(STATUS, DataTypes.StringType, true),
            DataTypes.createStructField(REASON, DataTypes.StringType, true),
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true),
            DataTypes.createStructField(ORIGIN_DATE, DataTypes.DateType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(SERIES_ID, CHANNEL, ORIGIN, STEP, MODEL_ID);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of(MODEL_ID, ORIGIN_DATE);

  /**
   * Columns whose values a run replaces: the forecasts of a series from an origin by a model.
   * Forecasts from other origins stay.
   */
  public static final List<String> REPLACED = List.of(SERIES_ID, ORIGIN, MODEL_ID);

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("forecasts", SCHEMA, KEY, PARTITIONS);

  private ForecastsTable() {}
}

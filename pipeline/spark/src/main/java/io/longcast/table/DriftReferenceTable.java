package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What the values of each series and channel were like in the training data of a model. */
public final class DriftReferenceTable {
  /** The series. */
  public static final String SERIES_ID = "series_id";

  /** The channel. */
  public static final String CHANNEL = "channel";

  /** The nine deciles of the observed values. */
  public static final String EDGES = "edges";

  /** Shares of the observed values between them, 10. */
  public static final String SHARES = "shares";

  /** Interquartile range. */
  public static final String SPREAD = "spread";

  /** Correlation with the values one season before; null without a season. */
  public static final String SEASON = "season";

  /** Share of steps without an observed value. */
  public static final String MISSING = "missing";

  /** Observed values. */
  public static final String COUNT = "count";

  /** Highest population stability index of any window. */
  public static final String USUAL_STABILITY = "usual_stability";

  /** Largest shift of the median of any window, in interquartile ranges. */
  public static final String USUAL_SHIFT = "usual_shift";

  /** Lowest correlation of any window with the season before it; null without a season. */
  public static final String USUAL_SEASON = "usual_season";

  /** Highest share of missing values of any window. */
  public static final String USUAL_MISSING = "usual_missing";

  /** The model. */
  public static final String MODEL_ID = "model_id";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(CHANNEL, DataTypes.StringType, true),
            DataTypes.createStructField(
                EDGES, DataTypes.createArrayType(DataTypes.DoubleType, true), true),
            DataTypes.createStructField(
                SHARES, DataTypes.createArrayType(DataTypes.DoubleType, true), true),
            DataTypes.createStructField(SPREAD, DataTypes.DoubleType, true),
            DataTypes.createStructField(SEASON, DataTypes.DoubleType, true),
            DataTypes.createStructField(MISSING, DataTypes.DoubleType, true),
            DataTypes.createStructField(COUNT, DataTypes.LongType, true),
            DataTypes.createStructField(USUAL_STABILITY, DataTypes.DoubleType, true),
            DataTypes.createStructField(USUAL_SHIFT, DataTypes.DoubleType, true),
            DataTypes.createStructField(USUAL_SEASON, DataTypes.DoubleType, true),
            DataTypes.createStructField(USUAL_MISSING, DataTypes.DoubleType, true),
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(SERIES_ID, CHANNEL, MODEL_ID);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of(MODEL_ID);

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("drift_reference", SCHEMA, KEY, PARTITIONS);

  private DriftReferenceTable() {}
}

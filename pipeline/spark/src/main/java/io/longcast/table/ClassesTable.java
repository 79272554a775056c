package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Classes found by a classifier: one row for each series and labelled step. */
public final class ClassesTable {
  /** The series. */
  public static final String SERIES_ID = "series_id";

  /** Time of the step; null where the data have no time. */
  public static final String TIMESTAMP = "timestamp";

  /** Row number of the step where rows are kept as they are, else null. */
  public static final String ROW = "row";

  /**
   * The class decided for, rare ones counting more than their frequency; null where there is none.
   */
  public static final String CLASS = "class";

  /**
   * Its probability at the frequencies of training. Where rare classes weigh more ({@code
   * model.output.classBalance}), it need not be the largest of {@link #PROBABILITIES}.
   */
  public static final String PROBABILITY = "probability";

  /** All classes with their probabilities, in the order of their codes. */
  public static final String PROBABILITIES = "probabilities";

  /** ok, or why the series has no class. */
  public static final String STATUS = "status";

  /** The model that made the row. */
  public static final String MODEL_ID = "model_id";

  /** One element of {@link #PROBABILITIES}. */
  public static final StructType SHARE =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(CLASS, DataTypes.StringType, true),
            DataTypes.createStructField(PROBABILITY, DataTypes.DoubleType, true)
          });

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(TIMESTAMP, DataTypes.TimestampType, true),
            DataTypes.createStructField(ROW, DataTypes.LongType, true),
            DataTypes.createStructField(CLASS, DataTypes.StringType, true),
            DataTypes.createStructField(PROBABILITY, DataTypes.DoubleType, true),
            DataTypes.createStructField(
                PROBABILITIES, DataTypes.createArrayType(SHARE, true), true),
            DataTypes.createStructField(STATUS, DataTypes.StringType, true),
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(SERIES_ID, TIMESTAMP, ROW, MODEL_ID);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of();

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("classes", SCHEMA, KEY, PARTITIONS);

  private ClassesTable() {}
}

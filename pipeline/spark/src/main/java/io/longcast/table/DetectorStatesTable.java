package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The state of detection for each series, from which a later run resumes. */
public final class DetectorStatesTable {
  /** The series. */
  public static final String SERIES_ID = "series_id";

  /** Time of the first step that was not yet seen; null where the data have no time. */
  public static final String NEXT = "next";

  /** Steps of the series that were seen. */
  public static final String STEPS = "steps";

  /**
   * The state: bytes with kind, version and checksum, see {@code io.longcast.state.StateFormat}.
   */
  public static final String STATE = "state";

  /** The model that made the row. */
  public static final String MODEL_ID = "model_id";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(NEXT, DataTypes.TimestampType, true),
            DataTypes.createStructField(STEPS, DataTypes.LongType, true),
            DataTypes.createStructField(STATE, DataTypes.BinaryType, true),
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(SERIES_ID, MODEL_ID);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of(MODEL_ID);

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("detector_states", SCHEMA, KEY, PARTITIONS);

  private DetectorStatesTable() {}
}

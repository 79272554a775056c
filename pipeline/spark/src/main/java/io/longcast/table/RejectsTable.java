package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rejects: every input row (or file) that was not used, with the reason. */
public final class RejectsTable {
  /** The source's format and paths or table. */
  public static final String SOURCE = "source";

  /** Where it was rejected: read, clean, file or detect. */
  public static final String STAGE = "stage";

  /** The stage of rows that came too late for a detection that goes on. */
  public static final String DETECT = "detect";

  /** The file, where the source has files. */
  public static final String FILE = "file";

  /** The series, where it is known. */
  public static final String SERIES_ID = "series_id";

  /** The time, where it could be read. */
  public static final String TIMESTAMP = "timestamp";

  /** What was expected and what was found. */
  public static final String REASON = "reason";

  /**
   * The row as it stood in a file of CSV or JSON, else its columns as JSON; null for a whole file.
   */
  public static final String RECORD = "record";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(SOURCE, DataTypes.StringType, true),
            DataTypes.createStructField(STAGE, DataTypes.StringType, true),
            DataTypes.createStructField(FILE, DataTypes.StringType, true),
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(TIMESTAMP, DataTypes.TimestampType, true),
            DataTypes.createStructField(REASON, DataTypes.StringType, true),
            DataTypes.createStructField(RECORD, DataTypes.StringType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(SOURCE, FILE, SERIES_ID, TIMESTAMP, RECORD);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of();

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("rejects", SCHEMA, KEY, PARTITIONS);

  private RejectsTable() {}
}

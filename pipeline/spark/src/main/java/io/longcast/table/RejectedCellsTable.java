package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rejected cells: numbers of used rows that could not be read and count as missing. A row with no
 * other number is rejected as a whole and stands in {@link RejectsTable}.
 */
public final class RejectedCellsTable {
  /** The source's format and paths or table. */
  public static final String SOURCE = RejectsTable.SOURCE;

  /** The columns. */
  public static final StructType SCHEMA =
      new StructType()
          .add(SOURCE, DataTypes.StringType, true)
          .add(RejectsTable.FILE, DataTypes.StringType, true)
          .add(RejectsTable.SERIES_ID, DataTypes.StringType, true)
          .add(RejectsTable.TIMESTAMP, DataTypes.TimestampType, true)
          .add(RejectsTable.REASON, DataTypes.StringType, true);

  /** Columns that identify a row. */
  public static final List<String> KEY =
      List.of(
          SOURCE,
          RejectsTable.FILE,
          RejectsTable.SERIES_ID,
          RejectsTable.TIMESTAMP,
          RejectsTable.REASON);

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("rejected_cells", SCHEMA, KEY, List.of());

  private RejectedCellsTable() {}
}

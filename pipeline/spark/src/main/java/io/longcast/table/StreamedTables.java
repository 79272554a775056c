package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The tables that a stream of observations writes, as a {@link TableUnion}. */
public final class StreamedTables {
  /** Name of the row's table. */
  public static final String TABLE = TableUnion.TABLE;

  /** Their rows as those of one stream. */
  public static final TableUnion ALL =
      new TableUnion(
          List.of(
              AnomaliesTable.TABLE,
              EventsTable.TABLE,
              ForecastsTable.TABLE,
              DetectorStatesTable.TABLE,
              RejectsTable.TABLE,
              RejectedCellsTable.TABLE));

  /** The columns. */
  public static final StructType SCHEMA = ALL.schema();

  private StreamedTables() {}

  /** A row of a table as a row of the stream. */
  public static Row row(TableShape table, Row row) {
    return ALL.row(table, row);
  }

  /** The rows of one table. */
  public static Dataset<Row> of(Dataset<Row> streamed, TableShape table) {
    return TableUnion.of(streamed, table);
  }
}

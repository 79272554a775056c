package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of several tables as one stream returns them: the column {@value #TABLE} names the table of
 * a row, and the struct column of that name holds it. The others are null.
 *
 * @param tables of which rows may come
 */
public record TableUnion(List<TableShape> tables) {
  /** Name of the row's table. */
  public static final String TABLE = "table";

  public TableUnion {
    tables = List.copyOf(tables);
  }

  /** The columns. */
  public StructType schema() {
    StructType schema = new StructType().add(TABLE, DataTypes.StringType, false);
    for (TableShape table : tables) {
      schema = schema.add(table.name(), table.schema(), true);
    }
    return schema;
  }

  /** A row of a table as a row of the stream. */
  public Row row(TableShape table, Row row) {
    Object[] columns = new Object[1 + tables.size()];
    columns[0] = table.name();
    columns[1 + tables.indexOf(table)] = row;
    return RowFactory.create(columns);
  }

  /**
   * The rows of one table.
   *
   * @param streamed in the shape of {@link #schema}
   */
  public static Dataset<Row> of(Dataset<Row> streamed, TableShape table) {
    return streamed
        .where(functions.col(TABLE).equalTo(table.name()))
        .select(functions.col(table.name() + ".*"));
  }
}

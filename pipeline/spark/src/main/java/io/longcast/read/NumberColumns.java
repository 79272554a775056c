package io.longcast.read;

import static org.apache.spark.sql.functions.coalesce;

import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Number columns that are read by expressions of their own. */
final class NumberColumns implements RowNumbers {
  private final List<NumberColumn> columns;

  NumberColumns(List<String> names, SeriesColumns columns, StructType raw) {
    this.columns =
        names.stream()
            .map(name -> new NumberColumn(name, raw.apply(name).dataType(), columns))
            .toList();
  }

  @Override
  public Dataset<Row> add(Dataset<Row> rows) {
    List<Column> all = new ArrayList<>(List.of(org.apache.spark.sql.functions.col("*")));
    columns.forEach(column -> all.add(column.read()));
    return rows.select(all.toArray(Column[]::new));
  }

  @Override
  public List<Column> values() {
    return columns.stream().map(NumberColumn::value).toList();
  }

  @Override
  public Column isAny() {
    return coalesce(values().toArray(Column[]::new)).isNotNull();
  }

  @Override
  public Column faults() {
    return RowParser.joined(
        columns.stream().map(NumberColumn::fault).toList(), ParsedColumns.BETWEEN_CELLS);
  }
}

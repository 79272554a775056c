package io.longcast.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.longcast.read.text.ColumnLook;
import io.longcast.read.text.NumberText;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows with types: of a table, of files in a format that Spark reads, or of a query. */
final class TableSource implements OpenSource {
  private final Dataset<Row> rows;
  private final StructType schema;
  private final NumberText numbers;
  private final Optional<FileScan> scan;

  /** Rows of any origin. */
  static TableSource of(Dataset<Row> rows, SeriesColumns columns) {
    return new TableSource(rows, columns.numberText(), Optional.empty());
  }

  /** Columns alone, to check them. */
  static TableSource of(StructType schema, SeriesColumns columns) {
    return new TableSource(null, schema, columns.numberText(), Optional.empty());
  }

  /**
   * @param rows the rows; those of files with {@link ParsedColumns#FILE} and {@link
   *     ParsedColumns#BLOCK}
   * @param scan the files that the rows come from, if they do
   */
  TableSource(Dataset<Row> rows, NumberText numbers, Optional<FileScan> scan) {
    this(rows, rows.schema(), numbers, scan);
  }

  private TableSource(
      Dataset<Row> rows, StructType all, NumberText numbers, Optional<FileScan> scan) {
    this.rows = rows;
    this.numbers = numbers;
    this.scan = scan;
    Set<String> place = Set.of(ParsedColumns.FILE, ParsedColumns.BLOCK);
    schema =
        new StructType(
            Arrays.stream(all.fields())
                .filter(field -> !place.contains(field.name()))
                .toArray(StructField[]::new));
  }

  @Override
  public StructType schema() {
    return schema;
  }

  @Override
  public Optional<DataType> type(String name) {
    return find(name).map(ColumnPath::type);
  }

  private Optional<ColumnPath> find(String name) {
    return ColumnPath.find(
        name, schema, column -> isUnseen() || looks(List.of(column)).get(column).isJson());
  }

  /** Columns alone, or rows that are yet to come. */
  private boolean isUnseen() {
    return rows == null || rows.isStreaming();
  }

  @Override
  public Dataset<Row> rows(List<String> names) {
    List<Column> columns = new ArrayList<>();
    names.forEach(name -> columns.add(find(name).orElseThrow().column().as(name)));
    columns.add(place(ParsedColumns.FILE, lit(null).cast(DataTypes.StringType)));
    columns.add(place(ParsedColumns.BLOCK, lit(0L)));
    return rows.select(columns.toArray(Column[]::new));
  }

  private Column place(String name, Column absent) {
    return Arrays.asList(rows.columns()).contains(name) ? col(name) : absent.as(name);
  }

  @Override
  public Dataset<Row> rows() {
    return rows;
  }

  @Override
  public Map<String, ColumnLook> looks(List<String> names) {
    return TextSample.of(isUnseen() ? null : rows(names), names, numbers);
  }

  @Override
  public Optional<FileScan> files() {
    return scan;
  }
}

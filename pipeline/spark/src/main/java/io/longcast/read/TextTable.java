package io.longcast.read;

import static org.apache.spark.sql.functions.col;

import io.longcast.read.text.ColumnLook;
import io.longcast.read.text.NumberText;
import io.longcast.read.text.TextColumns;
import io.longcast.table.ObservationsTable;
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
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Records that were read as text, such as messages of a topic: a bad value is found in its record
 * and reported. A name with dots is a path into JSON in a column.
 */
final class TextTable implements OpenSource {
  private static final List<String> OWN =
      List.of(ParsedColumns.FILE, ParsedColumns.BLOCK, TextColumns.RECORD, TextColumns.PROBLEM);

  private final Dataset<Row> rows;
  private final NumberText numbers;

  /**
   * @param rows columns of text, perhaps {@link ObservationsTable#ROW}, and those of {@link
   *     TextColumns} and of the place in {@link ParsedColumns}
   */
  TextTable(Dataset<Row> rows, NumberText numbers) {
    this.rows = rows;
    this.numbers = numbers;
  }

  @Override
  public StructType schema() {
    return new StructType(
        Arrays.stream(rows.schema().fields())
            .filter(field -> !OWN.contains(field.name()))
            .toArray(StructField[]::new));
  }

  @Override
  public Optional<DataType> type(String name) {
    return find(name).map(ColumnPath::type);
  }

  private Optional<ColumnPath> find(String name) {
    return ColumnPath.find(name, schema(), column -> true);
  }

  @Override
  public Dataset<Row> rows(List<String> names) {
    List<Column> columns = new ArrayList<>();
    names.forEach(name -> columns.add(find(name).orElseThrow().column().as(name)));
    OWN.forEach(name -> columns.add(col(name)));
    return rows.select(columns.toArray(Column[]::new));
  }

  @Override
  public Dataset<Row> rows() {
    return rows;
  }

  @Override
  public Map<String, ColumnLook> looks(List<String> names) {
    return TextSample.of(rows.isStreaming() ? null : rows(names), names, numbers);
  }

  @Override
  public Set<String> indexes() {
    return Set.of(ObservationsTable.ROW);
  }
}

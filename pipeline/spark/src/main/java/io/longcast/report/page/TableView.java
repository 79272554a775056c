package io.longcast.report.page;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;

/**
 * The first rows of a table.
 *
 * @param columns their names
 * @param rows cells by column: texts of at most {@value #MAX_TEXT} characters, rounded numbers,
 *     lists and maps of these; null for null
 * @param total rows there are
 */
public record TableView(List<String> columns, List<List<Object>> rows, long total) {
  private static final int MAX_TEXT = 600;

  /** Collects at most so many rows in their order; counts the others where there are more. */
  public static TableView of(Dataset<Row> rows, int most) {
    List<Row> found = rows.limit(most + 1).collectAsList();
    long total = found.size() <= most ? found.size() : rows.count();
    return new TableView(
        List.of(rows.columns()), found.stream().limit(most).map(TableView::cells).toList(), total);
  }

  /** The rows collected that have a value in a column. */
  TableView having(String column) {
    int at = columns.indexOf(column);
    List<List<Object>> found = rows.stream().filter(row -> row.get(at) != null).toList();
    return new TableView(columns, found, found.size());
  }

  private static List<Object> cells(Row row) {
    List<Object> cells = new ArrayList<>();
    StructField[] fields = row.schema().fields();
    for (int i = 0; i < row.size(); i++) {
      if (row.isNullAt(i)) {
        cells.add(null);
      } else if (fields[i].dataType() instanceof ArrayType) {
        cells.add(row.getList(i).stream().map(TableView::shown).toList());
      } else if (fields[i].dataType() instanceof MapType) {
        cells.add(shown(row.getJavaMap(i)));
      } else {
        cells.add(shown(row.get(i)));
      }
    }
    return cells;
  }

  private static Map<String, Object> shown(Map<Object, Object> entries) {
    Map<String, Object> shown = new LinkedHashMap<>();
    entries.forEach((name, value) -> shown.put(name.toString(), shown(value)));
    return shown;
  }

  private static Object shown(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return Rounded.of(value);
    } else if (value instanceof Timestamp time) {
      return time.toInstant().toString();
    } else if (value instanceof Date day) {
      return day.toString();
    } else if (value instanceof String text) {
      return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    } else if (value instanceof Row row) {
      return cells(row);
    }
    return value;
  }
}

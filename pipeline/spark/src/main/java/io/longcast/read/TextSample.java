package io.longcast.read;

import io.longcast.read.text.ColumnLook;
import io.longcast.read.text.NumberText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Looks at the first cells of text columns in a table that has types. */
final class TextSample {
  private static final int ROWS = 1000;

  private TextSample() {}

  /** What the cells of each column look like: a job over the first rows. */
  static Map<String, ColumnLook> of(Dataset<Row> rows, List<String> names, NumberText numbers) {
    Map<String, ColumnLook> looks = new LinkedHashMap<>();
    names.forEach(name -> looks.put(name, ColumnLook.NONE));
    if (rows == null || names.isEmpty()) {
      return looks;
    }
    for (Row row : rows.limit(ROWS).collectAsList()) {
      for (int i = 0; i < names.size(); i++) {
        if (!row.isNullAt(i)) {
          looks.merge(names.get(i), ColumnLook.of(row.getString(i), numbers), ColumnLook::plus);
        }
      }
    }
    return looks;
  }
}

package io.longcast.read;

import io.longcast.table.ParsedColumns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The number columns of a row: what was read, and what is wrong with it. */
interface RowNumbers {
  /**
   * Columns above which one call reads all of a row, see {@link NumberCells}; of fewer an
   * expression each is as fast.
   */
  int FEW = 8;

  /**
   * @param names of the number columns, in the order of the layout
   * @param raw the columns as they are before they are read
   */
  static RowNumbers of(List<String> names, SeriesColumns columns, StructType raw) {
    return names.size() > FEW
        ? new NumberCells(names, columns, raw)
        : new NumberColumns(names, columns, raw);
  }

  /** The rows with what was read beside their own columns. */
  Dataset<Row> add(Dataset<Row> rows);

  /** The finite numbers of a row, or null, each under its name. */
  List<Column> values();

  /** Whether a row has a finite number. */
  Column isAny();

  /** Why cells cannot be used, with {@link ParsedColumns#BETWEEN_CELLS} between them, or null. */
  Column faults();

  /** What a message says of text in a number column, before the text. */
  static String noNumber(String name) {
    return "text in number column \"" + name + "\": ";
  }

  /** What a message says of a number that is not finite, before the number. */
  static String notFinite(String name) {
    return "number column \"" + name + "\" is not finite as a float: ";
  }
}

package io.longcast.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.longcast.series.SeriesLayout;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The columns of rows on their way into series, and how to read them from Spark's own rows, which
 * are reused from row to row.
 */
final class GroupedColumns implements Serializable {
  /** Rows of one series share it; rows without a series are spread. */
  static final String KEY = "_key";

  /** The time in microseconds since 1970. */
  static final String MICROS = "_micros";

  private static final long serialVersionUID = 1L;
  private static final int KEY_AT = 0;
  private static final int SERIES_AT = 1;
  private static final int MICROS_AT = 2;
  private static final int FILE_AT = 4;
  private static final int LOCAL_AT = 7;
  private static final int REASON_AT = 8;
  private static final int RECORD_AT = 9;
  private static final int NUMBERS_AT = 10;

  private final int numbers;

  GroupedColumns(SeriesLayout layout) {
    numbers = layout.rows();
  }

  /** The columns in the order that the methods here read. */
  static List<Column> of(SeriesLayout layout, FileNumbers files) {
    Column id = col(ObservationsTable.SERIES_ID);
    List<Column> columns = new ArrayList<>();
    columns.add(
        when(id.isNotNull(), xxhash64(id)).otherwise(xxhash64(col(ParsedColumns.RECORD))).as(KEY));
    columns.add(id);
    columns.add(expr("unix_micros(" + ObservationsTable.TIMESTAMP + ")").as(MICROS));
    columns.add(col(ObservationsTable.ROW));
    for (String name : ParsedColumns.ALL) {
      boolean isFile = name.equals(ParsedColumns.FILE);
      columns.add(isFile ? files.number(col(name)).as(name) : col(name));
    }
    ObservationsTable.numbers(layout).forEach(name -> columns.add(exactly(name)));
    layout.staticCovariates().forEach(name -> columns.add(exactly(name)));
    return columns;
  }

  /** A column by its exact name, dots and blanks included. */
  static Column exactly(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  long key(InternalRow row) {
    return row.getLong(KEY_AT);
  }

  boolean hasSeries(InternalRow row) {
    return !row.isNullAt(SERIES_AT);
  }

  /** The series id, valid until the next row. */
  UTF8String seriesId(InternalRow row) {
    return row.getUTF8String(SERIES_AT);
  }

  /** The time, or {@link SeriesBuffer#NO_TIME}. */
  long micros(InternalRow row) {
    return row.isNullAt(MICROS_AT) ? SeriesBuffer.NO_TIME : row.getLong(MICROS_AT);
  }

  /** The number of the file, or -1 where there is none. */
  int file(InternalRow row) {
    return row.isNullAt(FILE_AT) ? -1 : row.getInt(FILE_AT);
  }

  boolean isLocal(InternalRow row) {
    return !row.isNullAt(LOCAL_AT) && row.getBoolean(LOCAL_AT);
  }

  /** True for a row that belongs to a series and was not rejected. */
  boolean isGood(InternalRow row) {
    return hasSeries(row) && !isRejected(row);
  }

  boolean isRejected(InternalRow row) {
    return !row.isNullAt(REASON_AT);
  }

  String reason(InternalRow row) {
    return text(row, REASON_AT);
  }

  String record(InternalRow row) {
    return text(row, RECORD_AT);
  }

  /** The number of a column in layout order; NaN where it is absent. */
  double number(InternalRow row, int column) {
    int at = NUMBERS_AT + column;
    return row.isNullAt(at) ? Double.NaN : row.getDouble(at);
  }

  /** The text of a static column, or null. */
  String category(InternalRow row, int column) {
    return text(row, NUMBERS_AT + numbers + column);
  }

  private static String text(InternalRow row, int at) {
    return row.isNullAt(at) ? null : row.getUTF8String(at).toString();
  }
}

package io.longcast.clean;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.longcast.series.SeriesLayout;
import io.longcast.sparkinternals.EngineRow;
import io.longcast.table.ExactName;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The columns of parsed rows on their way into chunks, and how to read them from Spark's own rows,
 * which are reused from row to row.
 */
final class RowColumns {
  private static final int SERIES_AT = 0;
  private static final int MICROS_AT = 1;
  private static final int ROW_AT = 2;
  private static final int FILE_AT = 3;
  private static final int BLOCK_AT = 4;
  private static final int SEQUENCE_AT = 5;
  private static final int LOCAL_AT = 6;
  private static final int REASON_AT = 7;
  private static final int RECORD_AT = 8;
  private static final int NUMBERS_AT = 9;

  private final int numbers;
  private final int statics;

  RowColumns(SeriesLayout layout) {
    numbers = layout.rows();
    statics = layout.staticCovariates().size();
  }

  /** The columns in the order that the methods here read. */
  static Column[] of(SeriesLayout layout, FileNumbers files) {
    List<Column> columns = new ArrayList<>();
    columns.add(col(ObservationsTable.SERIES_ID));
    columns.add(expr("unix_micros(" + ObservationsTable.TIMESTAMP + ")"));
    columns.add(col(ObservationsTable.ROW));
    columns.add(files.hash(col(ParsedColumns.FILE)));
    columns.add(col(ParsedColumns.BLOCK));
    columns.add(col(ParsedColumns.SEQUENCE));
    columns.add(col(ParsedColumns.LOCAL));
    columns.add(coalesce(col(ParsedColumns.REASON), col(ParsedColumns.CELLS)));
    columns.add(col(ParsedColumns.RECORD));
    ObservationsTable.numbers(layout).forEach(name -> columns.add(ExactName.column(name)));
    layout.staticCovariates().forEach(name -> columns.add(ExactName.column(name)));
    return columns.toArray(Column[]::new);
  }

  /**
   * Numbers a row that arrives: by its micro-batch, then by its place in it.
   *
   * @param columns values in the order of {@link #of}
   */
  static void number(Object[] columns, long batch, long place) {
    columns[BLOCK_AT] = batch;
    columns[SEQUENCE_AT] = place;
  }

  /** The row of a chunk that a cursor stands at, in the order of {@link #of}; of no file. */
  EngineRow of(SeriesRows rows) {
    Object[] columns = new Object[NUMBERS_AT + numbers + statics];
    columns[SERIES_AT] = rows.seriesId();
    columns[MICROS_AT] = present(rows.micros(), SeriesBuffer.NO_TIME);
    columns[ROW_AT] = present(rows.value(RowChunk.ROW), RowChunk.NONE);
    columns[BLOCK_AT] = present(rows.value(RowChunk.BLOCK), RowChunk.NONE);
    columns[SEQUENCE_AT] = present(rows.value(RowChunk.SEQUENCE), RowChunk.NONE);
    columns[LOCAL_AT] = rows.isLocal();
    columns[REASON_AT] = rows.text(RowChunk.REASON);
    columns[RECORD_AT] = rows.text(RowChunk.RECORD);
    for (int i = 0; i < numbers; i++) {
      columns[NUMBERS_AT + i] = rows.number(i);
    }
    for (int i = 0; i < statics; i++) {
      columns[NUMBERS_AT + numbers + i] = rows.category(i);
    }
    return EngineRow.of(columns);
  }

  private static Long present(long value, long absent) {
    return value == absent ? null : (Long) value;
  }

  int numbers() {
    return numbers;
  }

  int statics() {
    return statics;
  }

  /** The series id, valid until the next row; null where the row names no series. */
  UTF8String seriesId(EngineRow row) {
    return text(row, SERIES_AT);
  }

  /** The time in microseconds since 1970, or {@link SeriesBuffer#NO_TIME}. */
  long micros(EngineRow row) {
    return number(row, MICROS_AT, SeriesBuffer.NO_TIME);
  }

  long row(EngineRow row) {
    return number(row, ROW_AT, RowChunk.NONE);
  }

  /** True if the row comes from a file. */
  boolean hasFile(EngineRow row) {
    return !row.isNullAt(FILE_AT);
  }

  /** The hash of the path of the row's file. */
  long fileHash(EngineRow row) {
    return row.getLong(FILE_AT);
  }

  long block(EngineRow row) {
    return number(row, BLOCK_AT, RowChunk.NONE);
  }

  long sequence(EngineRow row) {
    return number(row, SEQUENCE_AT, RowChunk.NONE);
  }

  boolean isLocal(EngineRow row) {
    return !row.isNullAt(LOCAL_AT) && row.getBoolean(LOCAL_AT);
  }

  /**
   * Why the row or, where there is no {@link #record}, some of its cells are rejected, valid until
   * the next row; null for a good one.
   */
  UTF8String reason(EngineRow row) {
    return text(row, REASON_AT);
  }

  /** The rejected row, valid until the next row; null for a good one. */
  UTF8String record(EngineRow row) {
    return text(row, RECORD_AT);
  }

  /** The number of a column in layout order; NaN where it is absent. */
  double number(EngineRow row, int column) {
    int at = NUMBERS_AT + column;
    return row.isNullAt(at) ? Double.NaN : row.getDouble(at);
  }

  /** The text of a static column, valid until the next row, or null. */
  UTF8String category(EngineRow row, int column) {
    return text(row, NUMBERS_AT + numbers + column);
  }

  private static long number(EngineRow row, int at, long absent) {
    return row.isNullAt(at) ? absent : row.getLong(at);
  }

  private static UTF8String text(EngineRow row, int at) {
    return row.isNullAt(at) ? null : row.getText(at);
  }
}

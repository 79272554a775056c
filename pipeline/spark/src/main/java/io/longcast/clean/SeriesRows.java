package io.longcast.clean;

import java.util.List;
import java.util.PriorityQueue;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows of one series, merged from its chunks into a total order that no partitioning of the
 * input changes: by time or, where rows are kept as they are, by place; ties by place, then by
 * value. A cursor: {@link #advance()}, then the methods that read.
 */
final class SeriesRows {
  private final UTF8String seriesId;
  private final long key;
  private final PriorityQueue<Cursor> others;
  private final int[] order;
  private Cursor current;

  /**
   * @param seriesId the series; null for rows that name none
   * @param key hash of the id
   * @param chunks its chunks in any order, at least one
   * @param order the columns that order rows, see {@link RowChunk#order}
   */
  SeriesRows(UTF8String seriesId, long key, List<RowChunk> chunks, int[] order) {
    this.seriesId = seriesId;
    this.key = key;
    this.order = order;
    others = new PriorityQueue<>(chunks.size(), this::compare);
    chunks.forEach(chunk -> others.add(new Cursor(chunk)));
  }

  /** A chunk and the row that is next. */
  private static final class Cursor {
    private final RowChunk chunk;
    private int row;

    private Cursor(RowChunk chunk) {
      this.chunk = chunk;
    }
  }

  private int compare(Cursor a, Cursor b) {
    return RowChunk.compare(a.chunk, a.row, b.chunk, b.row, order);
  }

  UTF8String seriesId() {
    return seriesId;
  }

  /** The hash of the series id. */
  long key() {
    return key;
  }

  /** Goes to the next row; false at the end. */
  boolean advance() {
    if (current != null && ++current.row == current.chunk.rows()) {
      current = null;
    }
    if (current == null) {
      current = others.poll();
    } else if (!others.isEmpty() && compare(current, others.peek()) > 0) {
      Cursor later = current;
      current = others.poll();
      others.add(later);
    }
    return current != null;
  }

  /** The time in microseconds since 1970, or {@link SeriesBuffer#NO_TIME}. */
  long micros() {
    return value(RowChunk.MICROS);
  }

  /** The number of the file, or -1 where there is none. */
  int file() {
    long file = value(RowChunk.FILE);
    return file == RowChunk.NONE ? -1 : (int) file;
  }

  boolean isLocal() {
    return value(RowChunk.LOCAL) == 1;
  }

  boolean isRejected() {
    return value(RowChunk.RECORD) != RowChunk.NO_TEXT;
  }

  /** Whether cells of a good row could not be read. */
  boolean hasRejectedCells() {
    return !isRejected() && value(RowChunk.REASON) != RowChunk.NO_TEXT;
  }

  /** Why the row or its cells are rejected, or null. */
  String reason() {
    return string(text(RowChunk.REASON));
  }

  /** The rejected row, or null. */
  String record() {
    return string(text(RowChunk.RECORD));
  }

  /** The number of a column in layout order; NaN where it is absent. */
  double number(int column) {
    return current.chunk.number(column, current.row);
  }

  /** The text of a static column, or null. */
  UTF8String category(int column) {
    return current.chunk.category(column, current.row);
  }

  /**
   * Adds the row, which is good, to a buffer.
   *
   * @param file its file, or null
   * @return its number there
   */
  int addTo(SeriesBuffer buffer, String file) {
    int at = buffer.add(micros(), isLocal(), file);
    if (hasRejectedCells()) {
      buffer.addCells(file, micros(), reason());
    }
    for (int column = 0; column < buffer.columns(); column++) {
      buffer.set(column, at, number(column));
    }
    for (int column = 0; column < buffer.statics(); column++) {
      UTF8String category = buffer.category(column) == null ? category(column) : null;
      if (category != null) {
        buffer.category(column, category.toString());
      }
    }
    return at;
  }

  /** The text that a column of {@link RowChunk} points to, or null. */
  UTF8String text(int column) {
    return current.chunk.text(column, current.row);
  }

  /** A column of {@link RowChunk} as it is stored. */
  long value(int column) {
    return current.chunk.value(column, current.row);
  }

  private static String string(UTF8String text) {
    return text == null ? null : text.toString();
  }
}

package io.longcast.clean;

import java.nio.ByteBuffer;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Rows of one series in ascending order, as the bytes that {@link OpenChunk} wrote, column by
 * column. A column that is an arithmetic progression, as a constant is, takes its first value and
 * its step alone: times of a regular series, places in a file, absent numbers. Read in place.
 */
final class RowChunk {
  /** Stands for an absent number of a row, file, block or place. */
  static final long NONE = Long.MIN_VALUE;

  /** Stands for an absent text. */
  static final long NO_TEXT = -1;

  static final int MICROS = 0;
  static final int ROW = 1;
  static final int FILE = 2;
  static final int BLOCK = 3;
  static final int SEQUENCE = 4;
  static final int LOCAL = 5;
  static final int REASON = 6;
  static final int RECORD = 7;

  /** The first of the numbers; static columns follow the last. */
  static final int NUMBERS = 8;

  private static final int[] BY_TIME = {MICROS, ROW, FILE, BLOCK, SEQUENCE};
  private static final int[] BY_PLACE = {ROW, FILE, BLOCK, SEQUENCE, MICROS};

  private final int rows;
  private final int numbers;
  private final int columns;
  private final ByteBuffer bytes;

  /** Where the values of a column stand; below 0 for a progression. */
  private final int[] at;

  private final long[] first;
  private final long[] step;
  private final UTF8String[] texts;

  /**
   * @param bytes of {@link OpenChunk#bytes}; taken over
   * @param numbers number columns
   * @param statics static columns
   */
  RowChunk(byte[] bytes, int numbers, int statics) {
    this.numbers = numbers;
    this.bytes = ByteBuffer.wrap(bytes);
    columns = NUMBERS + numbers + statics;
    at = new int[columns];
    first = new long[columns];
    step = new long[columns];
    rows = this.bytes.getInt();
    for (int column = 0; column < columns; column++) {
      open(column);
    }
    texts = new UTF8String[this.bytes.getInt()];
    for (int i = 0; i < texts.length; i++) {
      byte[] text = new byte[this.bytes.getInt()];
      this.bytes.get(text);
      texts[i] = UTF8String.fromBytes(text);
    }
  }

  private void open(int column) {
    if (bytes.get() == OpenChunk.PROGRESSION) {
      at[column] = -1;
      first[column] = bytes.getLong();
      step[column] = bytes.getLong();
    } else {
      at[column] = bytes.position();
      bytes.position(at[column] + rows * Long.BYTES);
    }
  }

  /** The columns that order rows, first ones first. */
  static int[] order(CleanSpec.Grid grid) {
    return grid == CleanSpec.Grid.REGULAR ? BY_TIME : BY_PLACE;
  }

  int rows() {
    return rows;
  }

  /** A value as it is stored. */
  long value(int column, int row) {
    return at[column] < 0
        ? first[column] + row * step[column]
        : bytes.getLong(at[column] + row * Long.BYTES);
  }

  /** The number of a column in layout order; NaN where it is absent. */
  double number(int column, int row) {
    return Double.longBitsToDouble(value(NUMBERS + column, row));
  }

  /** A static column, or null. */
  UTF8String category(int column, int row) {
    return text(NUMBERS + numbers + column, row);
  }

  /** The text that a column points to, or null. */
  UTF8String text(int column, int row) {
    long index = value(column, row);
    return index == NO_TEXT ? null : texts[(int) index];
  }

  /**
   * Compares rows in a total order: by the columns given, then by what they hold, absent values
   * first.
   */
  static int compare(RowChunk a, int i, RowChunk b, int j, int[] order) {
    for (int column : order) {
      int found = Long.compare(a.value(column, i), b.value(column, j));
      if (found != 0) {
        return found;
      }
    }
    int found = compare(a.text(REASON, i), b.text(REASON, j));
    for (int column = 0; found == 0 && column < a.numbers; column++) {
      found = Double.compare(ranked(a.number(column, i)), ranked(b.number(column, j)));
    }
    for (int column = NUMBERS + a.numbers; found == 0 && column < a.columns; column++) {
      found = compare(a.text(column, i), b.text(column, j));
    }
    return found == 0 ? compare(a.text(RECORD, i), b.text(RECORD, j)) : found;
  }

  private static double ranked(double number) {
    return Double.isNaN(number) ? Double.NEGATIVE_INFINITY : number;
  }

  private static int compare(UTF8String a, UTF8String b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return a.compareTo(b);
  }
}

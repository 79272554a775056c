package io.longcast.clean;

import io.longcast.sparkinternals.EngineRow;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.unsafe.types.UTF8String;

/** Collects rows of one series and puts them in order; {@link RowChunk} reads them. */
final class OpenChunk {
  static final byte PROGRESSION = 0;
  private static final byte VALUES = 1;

  /** Bytes of an empty chunk in memory, with its place in a map. */
  private static final int OVERHEAD = 300;

  /** Overhead of a text in bytes, including its entry in a map. */
  private static final int TEXT_OVERHEAD = 120;

  private static final int FIRST_ROWS = 2;

  private final UTF8String seriesId;
  private final long key;
  private final RowColumns from;
  private final int[] order;
  private final int width;
  private int rows;
  private boolean ascends = true;

  /** {@code [row][column]} in one piece. */
  private long[] values;

  private final Map<UTF8String, Integer> texts = new LinkedHashMap<>(0);
  private long textBytes;

  /** The last category of each static column, and its number. */
  private final UTF8String[] categories;

  private final int[] categoryNumbers;

  /**
   * @param seriesId the series, or null
   * @param key what it is shuffled by
   * @param from reads the rows
   * @param order the columns that order them, see {@link RowChunk#order}
   */
  OpenChunk(UTF8String seriesId, long key, RowColumns from, int[] order) {
    this.seriesId = seriesId;
    this.key = key;
    this.from = from;
    this.order = order;
    width = RowChunk.NUMBERS + from.numbers() + from.statics();
    values = new long[FIRST_ROWS * width];
    categories = new UTF8String[from.statics()];
    categoryNumbers = new int[from.statics()];
  }

  UTF8String seriesId() {
    return seriesId;
  }

  long key() {
    return key;
  }

  /** What the chunk takes in memory, about. */
  long size() {
    return OVERHEAD + (long) Long.BYTES * values.length + textBytes;
  }

  /**
   * Adds a row.
   *
   * @param file the number of its file, or {@link RowChunk#NONE}
   */
  void add(EngineRow row, long file) {
    int at = rows * width;
    if (at == values.length) {
      values = Arrays.copyOf(values, 2 * values.length);
    }
    values[at + RowChunk.MICROS] = from.micros(row);
    values[at + RowChunk.ROW] = from.row(row);
    values[at + RowChunk.FILE] = file;
    values[at + RowChunk.BLOCK] = from.block(row);
    values[at + RowChunk.SEQUENCE] = from.sequence(row);
    ascends = ascends && (rows == 0 || ascends(at));
    values[at + RowChunk.LOCAL] = from.isLocal(row) ? 1 : 0;
    values[at + RowChunk.REASON] = text(from.reason(row));
    values[at + RowChunk.RECORD] = text(from.record(row));
    int column = at + RowChunk.NUMBERS;
    for (int i = 0; i < from.numbers(); i++) {
      values[column++] = Double.doubleToRawLongBits(from.number(row, i));
    }
    for (int i = 0; i < from.statics(); i++) {
      values[column++] = category(i, from.category(row, i));
    }
    rows++;
  }

  /** Whether a row comes after the one before by the columns that order rows alone. */
  private boolean ascends(int at) {
    for (int column : order) {
      long last = values[at - width + column];
      if (values[at + column] != last) {
        return values[at + column] > last;
      }
    }
    return false;
  }

  /** Mostly a category is that of the row before. */
  private long category(int column, UTF8String text) {
    if (text == null) {
      return RowChunk.NO_TEXT;
    }
    if (!text.equals(categories[column])) {
      categories[column] = text.clone();
      categoryNumbers[column] = (int) text(text);
    }
    return categoryNumbers[column];
  }

  private long text(UTF8String text) {
    if (text == null) {
      return RowChunk.NO_TEXT;
    }
    Integer known = texts.get(text);
    if (known == null) {
      known = texts.size();
      texts.put(text.clone(), known);
      textBytes += TEXT_OVERHEAD + text.numBytes();
    }
    return known;
  }

  /** The rows as bytes, in the order of {@link RowChunk#compare}. */
  byte[] bytes() {
    int[] places = IntStream.range(0, rows).toArray();
    byte[] bytes = bytes(places);
    if (ascends) {
      return bytes;
    }
    RowChunk chunk = new RowChunk(bytes, from.numbers(), from.statics());
    return bytes(
        IntStream.of(places)
            .boxed()
            .sorted((i, j) -> RowChunk.compare(chunk, i, chunk, j, order))
            .mapToInt(Integer::intValue)
            .toArray());
  }

  private byte[] bytes(int[] places) {
    int most = Integer.BYTES * (2 + texts.size());
    for (UTF8String text : texts.keySet()) {
      most = Math.addExact(most, text.numBytes());
    }
    int column = 1 + Long.BYTES * Math.max(2, rows);
    ByteBuffer bytes = ByteBuffer.allocate(Math.addExact(most, Math.multiplyExact(width, column)));
    bytes.putInt(rows);
    for (int c = 0; c < width; c++) {
      write(c, places, bytes);
    }
    bytes.putInt(texts.size());
    for (UTF8String text : texts.keySet()) {
      bytes.putInt(text.numBytes()).put(text.getBytes());
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private void write(int column, int[] places, ByteBuffer bytes) {
    long first = value(places, 0, column);
    long step = rows > 1 ? value(places, 1, column) - first : 0;
    int even = Math.min(rows, 2);
    while (even < rows && value(places, even, column) == first + even * step) {
      even++;
    }
    if (even == rows) {
      bytes.put(PROGRESSION).putLong(first).putLong(step);
      return;
    }
    bytes.put(VALUES);
    for (int row = 0; row < rows; row++) {
      bytes.putLong(value(places, row, column));
    }
  }

  private long value(int[] places, int row, int column) {
    return values[places[row] * width + column];
  }
}

package io.longcast.clean;

import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The rows of one series in columns, while it is cleaned. Absent numbers are NaN here and nowhere
 * else. Reused from series to series.
 */
final class SeriesBuffer {
  /** Stands for a row without a time. */
  static final long NO_TIME = Long.MIN_VALUE;

  private static final int FIRST_CAPACITY = 256;

  private final List<String> names;
  private String seriesId;
  private int size;
  private long read;
  private long[] micros = new long[FIRST_CAPACITY];
  private String[] files = new String[FIRST_CAPACITY];
  private final BitSet local = new BitSet();
  private final BitSet placeholder = new BitSet();
  private final BitSet rejected = new BitSet();
  private final double[][] numbers;
  private final String[] statics;
  private List<RejectedRow> rejects = new ArrayList<>();

  /**
   * @param names the number columns in layout order
   * @param statics how many static columns there are
   */
  SeriesBuffer(List<String> names, int statics) {
    this.names = List.copyOf(names);
    this.numbers = new double[names.size()][FIRST_CAPACITY];
    this.statics = new String[statics];
  }

  /** Empties the buffer for the next series. */
  void begin(String seriesId) {
    this.seriesId = seriesId;
    size = 0;
    read = 0;
    local.clear();
    placeholder.clear();
    rejected.clear();
    Arrays.fill(statics, null);
    rejects = new ArrayList<>();
  }

  /** Adds a good row; its numbers are then set one by one. */
  int add(long time, boolean isLocal, String file) {
    int row = append(time, file);
    local.set(row, isLocal);
    read++;
    return row;
  }

  /** Adds a row that reading rejected; with {@code keepsPlace} it stays as a row of no values. */
  void addRejected(RejectedRow row, boolean keepsPlace) {
    rejects.add(row);
    read++;
    if (keepsPlace) {
      placeholder.set(append(row.micros(), row.file()));
    }
  }

  /** Notes cells of a good row that could not be read. */
  void addCells(String file, long time, String faults) {
    for (String fault : faults.split(ParsedColumns.BETWEEN_CELLS)) {
      rejects.add(new RejectedRow(RejectedRow.CELL, file, seriesId, time, fault, null));
    }
  }

  private int append(long time, String file) {
    if (size == micros.length) {
      grow();
    }
    micros[size] = time;
    boolean same = size > 0 && file != null && file.equals(files[size - 1]);
    files[size] = same ? files[size - 1] : file;
    for (double[] column : numbers) {
      column[size] = Double.NaN;
    }
    return size++;
  }

  private void grow() {
    int capacity = micros.length * 2;
    micros = Arrays.copyOf(micros, capacity);
    files = Arrays.copyOf(files, capacity);
    for (int c = 0; c < numbers.length; c++) {
      numbers[c] = Arrays.copyOf(numbers[c], capacity);
    }
  }

  /** Takes a static category unless an earlier row gave one. */
  void category(int column, String value) {
    if (statics[column] == null) {
      statics[column] = value;
    }
  }

  /** Rejects a good row; the first reason is kept. */
  void reject(int row, String reason) {
    reject(row, "clean", reason);
  }

  /** Rejects a good row in another stage than cleaning; the first reason is kept. */
  void reject(int row, String stage, String reason) {
    if (rejected.get(row)) {
      return;
    }
    rejected.set(row);
    rejects.add(new RejectedRow(stage, files[row], seriesId, micros[row], reason, json(row)));
  }

  /** Moves a row in time. */
  void move(int row, long time) {
    micros[row] = time;
  }

  void set(int column, int row, double value) {
    numbers[column][row] = value;
  }

  double number(int column, int row) {
    return numbers[column][row];
  }

  long micros(int row) {
    return micros[row];
  }

  boolean isLocal(int row) {
    return local.get(row);
  }

  /** True for a rejected row that only keeps its place. */
  boolean isPlaceholder(int row) {
    return placeholder.get(row);
  }

  String category(int column) {
    return statics[column];
  }

  String seriesId() {
    return seriesId;
  }

  int size() {
    return size;
  }

  int statics() {
    return statics.length;
  }

  int columns() {
    return numbers.length;
  }

  long read() {
    return read;
  }

  /** Rows that are not used, and cells that could not be read. */
  List<RejectedRow> rejects() {
    return rejects;
  }

  /** Rows that are not used. */
  long rejectedRows() {
    return SeriesOutcome.rows(rejects);
  }

  private String json(int row) {
    StringBuilder text = new StringBuilder("{\"series_id\":").append(quoted(seriesId));
    if (micros[row] != NO_TIME) {
      text.append(",\"timestamp\":").append(quoted(GridTime.instant(micros[row]).toString()));
    }
    for (int c = 0; c < numbers.length; c++) {
      double value = numbers[c][row];
      text.append(',').append(quoted(names.get(c))).append(':');
      text.append(Double.isNaN(value) ? "null" : Double.toString(value));
    }
    return text.append('}').toString();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}

package io.longcast.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A delimited text file with a header, read whole in the order of its rows; {@code .gz} is
 * unpacked. Cells may be quoted; a quoted cell may hold the separator.
 *
 * @param path where it was read
 * @param header names of the columns
 * @param rows cells of each row
 */
record DelimitedFile(Path path, List<String> header, List<String[]> rows) {
  private static final String HINT =
      " (option --data DIR: the collection's folder, laid out as published; conf/benchmarks: its"
          + " files)";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS]");

  static DelimitedFile read(Path path, char separator) {
    return read(path, separator, false);
  }

  /**
   * A file whose rows are filled up with empty cells to the length of the longest one; these are
   * left out, since they can be a hundred times as many as the others.
   */
  static DelimitedFile readRagged(Path path, char separator) {
    return read(path, separator, true);
  }

  private static DelimitedFile read(Path path, char separator, boolean ragged) {
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException("no such data file, or it cannot be read: " + path + HINT);
    }
    try (InputStream bytes = Files.newInputStream(path);
        InputStream plain = path.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      String header = lines.readLine();
      if (header == null || header.isBlank()) {
        throw new IllegalArgumentException(
            "expected a header line, found an empty file: "
                + path
                + "; fetch it again or remove it");
      }
      List<String[]> rows = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          rows.add(cells(ragged ? trimmed(line, separator) : line, separator));
        }
      }
      return new DelimitedFile(path, List.of(cells(header, separator)), rows);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "cannot read " + path + ": " + unreadable.getMessage() + "; fetch it again", unreadable);
    }
  }

  /** The same file if it has rows below its header. */
  DelimitedFile withRows() {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "expected rows below the header, found none: " + path + "; fetch it again or remove it");
    }
    return this;
  }

  private static String trimmed(String line, char separator) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == separator || line.charAt(end - 1) == '"')) {
      end--;
    }
    boolean closes = end < line.length() && line.charAt(end) == '"';
    return line.substring(0, closes ? end + 1 : end);
  }

  private static String[] cells(String line, char separator) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells.toArray(String[]::new);
  }

  /** Index of a column. */
  int column(String name) {
    int at = header.indexOf(name);
    if (at < 0) {
      throw new IllegalArgumentException(
          "expected a column "
              + name
              + ", found "
              + header
              + " in "
              + path
              + "; the first line must name the columns as published, with the separator that the"
              + " benchmark's file says");
    }
    return at;
  }

  /** The text of a cell. */
  String cell(int row, int column) {
    if (column >= rows.get(row).length) {
      throw new IllegalArgumentException(
          "expected a cell in column "
              + header.get(column)
              + ", line "
              + (row + 2)
              + " of "
              + path);
    }
    return rows.get(row)[column];
  }

  /** The numbers of a column. */
  double[] numbers(int column) {
    double[] numbers = new double[rows.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(i, column);
    }
    return numbers;
  }

  private double number(int row, int column) {
    try {
      return Double.parseDouble(rows.get(row)[column].trim());
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException broken) {
      throw new IllegalArgumentException(
          "expected a number in column "
              + header.get(column)
              + ", line "
              + (row + 2)
              + " of "
              + path,
          broken);
    }
  }

  /** The times of a column, microseconds since the epoch, read as UTC. */
  long[] micros(int column) {
    long[] micros = new long[rows.size()];
    for (int i = 0; i < micros.length; i++) {
      try {
        micros[i] = micros(rows.get(i)[column]);
      } catch (DateTimeException broken) {
        throw new IllegalArgumentException(
            "expected a time such as 2015-09-01 13:45:00 in column "
                + header.get(column)
                + ", found "
                + rows.get(i)[column]
                + " in line "
                + (i + 2)
                + " of "
                + path,
            broken);
      }
    }
    return micros;
  }

  /** A time as published, {@code yyyy-MM-dd HH:mm:ss} with an optional fraction. */
  static long micros(String text) {
    LocalDateTime time = LocalDateTime.parse(text.trim(), TIME);
    return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000L + time.getNano() / 1000;
  }

  /**
   * All files of a folder, at any depth, that have an ending, in order of path.
   *
   * @throws IllegalArgumentException if there is no such folder or no such file in it
   */
  static List<Path> below(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("there is no folder " + folder + HINT);
    }
    try (var paths = Files.walk(folder)) {
      List<Path> found = paths.filter(path -> path.toString().endsWith(ending)).sorted().toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "there is no " + ending + " file in the folder " + folder + HINT);
      }
      return found;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + folder, unreadable);
    }
  }
}

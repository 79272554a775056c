package io.longcast.read;

import io.longcast.table.RejectsTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** Writes small sources and reads them. */
final class SourceFilesFixture {
  private SourceFilesFixture() {}

  static Path write(Path folder, String name, String... lines) {
    return write(folder, name, StandardCharsets.UTF_8, lines);
  }

  static Path write(Path folder, String name, Charset charset, String... lines) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, (String.join("\n", lines) + "\n").getBytes(charset));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The rows that are used: the series, the hour of the day, then the numbers. */
  static List<String> used(ReadResult read) {
    return read.observations().orderBy("series_id", "timestamp").collectAsList().stream()
        .map(row -> shown(row, read))
        .toList();
  }

  private static String shown(Row row, ReadResult read) {
    StringBuilder text = new StringBuilder(String.valueOf(row.getString(0)));
    text.append(' ').append(row.isNullAt(1) ? "-" : row.getTimestamp(1).toInstant());
    IntStream.range(0, read.layout().rows())
        .forEach(i -> text.append(' ').append(row.isNullAt(3 + i) ? "-" : row.getDouble(3 + i)));
    return text.toString();
  }

  static List<String> reasons(ReadResult read) {
    return read.rejects().collectAsList().stream()
        .map(row -> row.getString(row.fieldIndex(RejectsTable.REASON)))
        .sorted()
        .toList();
  }

  /** Why cells of used rows are missing. */
  static List<String> cells(ReadResult read) {
    return read.parsed().select("_cells").where("_cells is not null").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}

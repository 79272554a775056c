package io.longcast.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells data from run files, where one was given for the other. */
final class DataFile {
  private static final Map<String, String> FORMATS =
      Map.of(
          "csv", "csv", "tsv", "csv", "jsonl", "json", "ndjson", "json", "parquet", "parquet",
          "orc", "orc", "avro", "avro");
  private static final List<String> COMPRESSED = List.of("gz", "bz2", "zst", "snappy", "lz4");

  private DataFile() {}

  /** The format of a file of data by its name; a run file has another. */
  static Optional<String> byName(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    String[] parts = name.toLowerCase(Locale.ROOT).split("\\.");
    int last = parts.length - 1;
    if (last > 0 && COMPRESSED.contains(parts[last])) {
      last--;
    }
    return last > 0 ? Optional.ofNullable(FORMATS.get(parts[last])) : Optional.empty();
  }

  /** The format of a file that is no run file by how it begins, where that is known. */
  static Optional<String> byContent(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String begin = new String(in.readNBytes(4096), StandardCharsets.ISO_8859_1);
      if (begin.startsWith("PAR1")) {
        return Optional.of("parquet");
      } else if (begin.startsWith("ORC")) {
        return Optional.of("orc");
      }
      List<String> lines = begin.lines().filter(line -> !line.isBlank()).limit(2).toList();
      boolean objects = lines.stream().allMatch(line -> line.startsWith("{") && line.endsWith("}"));
      if (lines.size() == 2 && objects) {
        return Optional.of("json");
      }
      boolean cells = lines.size() == 2 && cells(lines.get(0)) > 1;
      return cells && cells(lines.get(0)) == cells(lines.get(1))
          ? Optional.of("csv")
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static int cells(String line) {
    return line.split("[,;\t|]", -1).length;
  }

  /** What to say of data where a run file belongs. */
  static String remedy(Path file, String format) {
    return ("this is data (%s), not a run file: write a run file with source { format = %s, paths ="
            + " [\"%s\"] }, or give the settings as words: source.format=%s source.paths='[\"%s\"]'")
        .formatted(format, format, file, format, file);
  }
}

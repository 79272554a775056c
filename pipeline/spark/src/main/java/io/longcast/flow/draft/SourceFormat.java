package io.longcast.flow.draft;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The format of files on the local disk, by their names and beginnings.
 *
 * @param name as {@code source.format} has it
 * @param path to read, which may be a glob where a folder holds other files too
 * @param files how many there are
 * @param separator between the cells of a csv file
 */
record SourceFormat(String name, String path, long files, Optional<String> separator) {
  private static final int LINES = 60;
  private static final List<String> SEPARATORS = List.of(",", ";", "\t", "|");
  private static final Map<String, String> BY_ENDING =
      Map.of(
          "csv", "csv", "tsv", "csv", "txt", "csv", "json", "json", "jsonl", "json", "ndjson",
          "json", "parquet", "parquet", "orc", "orc");

  /**
   * Looks at a file or a folder.
   *
   * @throws IllegalArgumentException if there is none, or nothing in it that can be read as rows
   */
  static SourceFormat of(Path path) {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          "there is no file or folder " + path + ", expected data such as a CSV file");
    }
    return Files.isDirectory(path) ? ofFolder(path) : ofFile(path, path.toString(), 1);
  }

  private static SourceFormat ofFolder(Path folder) {
    Map<String, List<Path>> byEnding = byEnding(folder);
    if (byEnding.isEmpty()) {
      throw new IllegalArgumentException(
          "no file in "
              + folder
              + " ends in "
              + String.join(", ", new TreeMap<>(BY_ENDING).keySet())
              + " (.gz too): name one file");
    }
    Map.Entry<String, List<Path>> most =
        byEnding.entrySet().stream()
            .max(Comparator.comparingInt(some -> some.getValue().size()))
            .orElseThrow();
    Path first = most.getValue().get(0);
    String path = folder.toString();
    if (byEnding.size() > 1) {
      boolean flat = most.getValue().stream().allMatch(file -> file.getParent().equals(folder));
      path = folder + (flat ? "/*." : "/*/*.") + most.getKey();
    }
    return ofFile(first, path, most.getValue().size());
  }

  private static Map<String, List<Path>> byEnding(Path folder) {
    try (Stream<Path> all = Files.walk(folder, 4)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().matches("[._].*"))
          .filter(file -> format(file).isPresent())
          .sorted()
          .collect(Collectors.groupingBy(SourceFormat::ending, TreeMap::new, Collectors.toList()));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot list " + folder, failure);
    }
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    boolean packed = name.endsWith(".gz");
    String plain = packed ? name.substring(0, name.length() - 3) : name;
    return plain.substring(plain.lastIndexOf('.') + 1) + (packed ? ".gz" : "");
  }

  private static Optional<String> format(Path file) {
    String ending = ending(file).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_ENDING.get(ending.replace(".gz", "")));
  }

  private static SourceFormat ofFile(Path file, String path, long files) {
    String format = format(file).orElse("");
    if (format.equals("parquet") || format.equals("orc")) {
      return new SourceFormat(format, path, files, Optional.empty());
    }
    List<String> lines = lines(file);
    boolean json = lines.stream().limit(5).allMatch(line -> line.strip().startsWith("{"));
    if (!lines.isEmpty() && json) {
      return new SourceFormat("json", path, files, Optional.empty());
    }
    String separator =
        SEPARATORS.stream()
            .max(Comparator.comparingLong(one -> regularCells(lines, one)))
            .filter(one -> regularCells(lines, one) > 0)
            .orElse(",");
    return new SourceFormat("csv", path, files, Optional.of(separator));
  }

  /** Cells of a line if all lines have as many, as far as lines that are no rows allow. */
  private static long regularCells(List<String> lines, String separator) {
    Map<Long, Long> byCells =
        lines.stream()
            .collect(
                Collectors.groupingBy(line -> separators(line, separator), Collectors.counting()));
    return byCells.entrySet().stream()
        .filter(cells -> cells.getKey() > 0 && cells.getValue() >= 0.8 * lines.size())
        .mapToLong(Map.Entry::getKey)
        .max()
        .orElse(0);
  }

  /** Separators outside quotation marks. */
  private static long separators(String line, String separator) {
    boolean quoted = false;
    long count = 0;
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.charAt(i) == '"';
      count += !quoted && line.startsWith(separator, i) ? 1 : 0;
    }
    return count;
  }

  private static List<String> lines(Path file) {
    List<String> lines = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine();
          line != null && lines.size() < LINES;
          line = reader.readLine()) {
        if (!line.isBlank()) {
          lines.add(line);
        }
      }
      return lines;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }
}

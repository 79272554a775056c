package io.longcast.flow.draft;

import io.longcast.read.text.DecodedHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The format of files on the local disk, by their names and beginnings.
 *
 * @param name as {@code source.format} has it
 * @param path to read, which may be a glob where a folder holds other files too
 * @param files how many there are
 * @param options of the format that differ from their defaults
 * @param headerLine the line of a CSV file's header where it is not the first, else 0
 * @param unitRows rows between the header of a CSV file and its data
 */
record SourceFormat(
    String name,
    String path,
    long files,
    Map<String, String> options,
    int headerLine,
    int unitRows) {
  private static final int HEAD = 1 << 20;

  /** What Spark reads without an option. */
  private static final int MAX_COLUMNS = 20_480;

  private static final String DELTA_LOG = "_delta_log";
  private static final Map<String, String> BY_ENDING =
      Map.ofEntries(
          Map.entry("csv", "csv"),
          Map.entry("tsv", "csv"),
          Map.entry("tab", "csv"),
          Map.entry("txt", "csv"),
          Map.entry("dat", "csv"),
          Map.entry("data", "csv"),
          Map.entry("json", "json"),
          Map.entry("jsonl", "json"),
          Map.entry("ndjson", "json"),
          Map.entry("parquet", "parquet"),
          Map.entry("orc", "orc"));

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

  /** Whether commas separate cells, so that one in a cell needs quotation marks. */
  boolean isCommaSeparated() {
    return name.equals("csv") && !options.containsKey("sep");
  }

  private static SourceFormat ofFolder(Path folder) {
    if (Files.isDirectory(folder.resolve(DELTA_LOG))) {
      return new SourceFormat("delta", folder.toString(), 1, Map.of(), 0, 0);
    }
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
      int depth = folder.relativize(first).getNameCount();
      path = folder + "/*".repeat(depth) + "." + most.getKey();
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
      return new SourceFormat(format, path, files, Map.of(), 0, 0);
    }
    DecodedHead head = DecodedHead.read(file, HEAD);
    Map<String, String> options = new LinkedHashMap<>();
    head.encoding().ifPresent(encoding -> options.put("encoding", encoding));
    String text = head.text().stripLeading();
    return text.matches("(?s)(\\[\\s*)?\\{.*")
        ? json(text, path, files, options)
        : csv(head.text(), path, files, options);
  }

  private static SourceFormat json(
      String text, String path, long files, Map<String, String> options) {
    String first = text.lines().findFirst().orElse("").strip();
    if (text.startsWith("[") || !first.endsWith("}")) {
      options.put("multiLine", "true");
    }
    return new SourceFormat("json", path, files, options, 0, 0);
  }

  private static SourceFormat csv(
      String text, String path, long files, Map<String, String> options) {
    if (text.startsWith("#datatype") || text.startsWith("#group") || text.startsWith("#default")) {
      return new SourceFormat("csv", path, files, options, 0, 0);
    }
    CsvLook look = CsvLook.of(text);
    if (!look.separator().equals(",")) {
      options.put("sep", look.separator());
    }
    if (!look.hasHeader()) {
      options.put("header", "false");
    }
    if (look.isMultiLine()) {
      options.put("multiLine", "true");
    }
    if (look.columns() > MAX_COLUMNS) {
      options.put("maxColumns", Integer.toString(2 * look.columns()));
    }
    int header = look.hasHeader() && look.headerLine() > 1 ? look.headerLine() : 0;
    return new SourceFormat("csv", path, files, options, header, look.unitRows());
  }
}

package io.longcast.logs.draft;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The first lines of a log on the local disk, blank ones left out. */
final class LogSample {
  private static final int MAX_LINES = 2_000;
  private static final int MAX_READ = 1 << 16;
  private static final int MAX_LENGTH = 4_000;

  private LogSample() {}

  /** Lines of a file, or of the files of a folder in the order of their names. */
  static List<String> of(Path data) {
    List<String> lines = new ArrayList<>();
    for (Path file : files(data)) {
      read(file, lines);
    }
    return lines;
  }

  private static List<Path> files(Path data) {
    if (!Files.isDirectory(data)) {
      return List.of(data);
    }
    try (Stream<Path> all = Files.walk(data, 4)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().matches("[._].*"))
          .sorted()
          .limit(20)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot list " + data, failure);
    }
  }

  private static void read(Path file, List<String> into) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = line(reader);
          line != null && into.size() < MAX_LINES;
          line = line(reader)) {
        if (!line.isBlank()) {
          into.add(line);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  /**
   * The start of the next line; one of more than {@value #MAX_READ} characters counts as several.
   */
  private static String line(BufferedReader reader) throws IOException {
    int next = reader.read();
    if (next < 0) {
      return null;
    }
    StringBuilder line = new StringBuilder();
    for (int count = 0; next >= 0 && next != '\n' && count < MAX_READ; count++) {
      if (next != '\r' && line.length() < MAX_LENGTH) {
        line.append((char) next);
      }
      next = reader.read();
    }
    return line.toString();
  }
}

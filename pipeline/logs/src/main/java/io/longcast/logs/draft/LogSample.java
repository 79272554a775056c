package io.longcast.logs.draft;

import io.longcast.logs.text.AnsiCodes;
import io.longcast.read.text.DecodedHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The first lines of a log on the local disk.
 *
 * @param lines without escape sequences; blank ones are left out
 * @param encoding of the files where it is not UTF-8
 */
record LogSample(List<String> lines, Optional<String> encoding) {
  private static final int MAX_LINES = 2_000;
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_LENGTH = 4_000;
  private static final int MAX_FILES = 20;

  /** Lines of a file, or of the files of a folder in the order of their names. */
  static LogSample of(Path data) {
    List<String> lines = new ArrayList<>();
    Optional<String> encoding = Optional.empty();
    for (Path file : files(data)) {
      if (lines.size() < MAX_LINES) {
        DecodedHead head = DecodedHead.read(file, MAX_BYTES);
        encoding = encoding.or(head::encoding);
        head.text()
            .lines()
            .filter(line -> !line.isBlank())
            .map(line -> line.substring(0, Math.min(line.length(), MAX_LENGTH)))
            .map(AnsiCodes::strip)
            .limit(MAX_LINES - lines.size())
            .forEach(lines::add);
      }
    }
    return new LogSample(lines, encoding);
  }

  /** A file by itself, or files of a folder. */
  static List<Path> files(Path data) {
    if (!Files.isDirectory(data)) {
      return List.of(data);
    }
    try (Stream<Path> all = Files.walk(data, 4)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().matches("[._].*"))
          .sorted()
          .limit(MAX_FILES)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot list " + data, failure);
    }
  }
}

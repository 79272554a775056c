package io.longcast.logs.sequence;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sessions as lines of key numbers separated by blanks, with or without {@code id,} in front.
 *
 * @param sessions in the order of the lines
 */
public record KeySessionFile(List<int[]> sessions) {

  /**
   * @throws IllegalArgumentException if a line holds anything but numbers
   */
  public static KeySessionFile read(Stream<String> lines) {
    return new KeySessionFile(
        lines.filter(line -> !line.isBlank()).map(KeySessionFile::session).toList());
  }

  private static int[] session(String line) {
    String keys = line.substring(line.indexOf(',') + 1).strip();
    try {
      return Arrays.stream(keys.split("\\s+")).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "a session must be key numbers separated by blanks, found \"" + line + "\"", e);
    }
  }

  /** Largest key plus one. */
  public int keys() {
    return 1 + sessions.stream().flatMapToInt(Arrays::stream).max().orElse(-1);
  }
}

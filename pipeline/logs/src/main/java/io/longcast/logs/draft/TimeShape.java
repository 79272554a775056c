package io.longcast.logs.draft;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to write the time of a log entry.
 *
 * @param pattern that finds it in a line
 * @param format as {@code logs.lines.timestampFormat} has it
 */
record TimeShape(Pattern pattern, String format) {
  /** Names of offsets; other words behind a time are levels and names. */
  private static final String ZONE =
      " (?:UTC|GMT|WES?T|CES?T|MES?Z|EES?T|MS[KD]|BST|IST|PKT|SGT|HKT|AW?ST|JST|KST|A[CE][SD]T|NZ[SD]T|[ECMP][SD]T|AK[SD]T|HST|BRT|ART|SAST)";

  private static final List<TimeShape> ALL =
      List.of(
          of(
              "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}" + ZONE,
              "yyyy-MM-dd HH:mm:ss.SSS z"),
          of(
              "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3}" + ZONE,
              "yyyy-MM-dd HH:mm:ss,SSS z"),
          of("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d" + ZONE, "yyyy-MM-dd HH:mm:ss z"),
          of(
              "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?: ?(?:Z|[+-]\\d\\d:?\\d\\d))?",
              "iso"),
          of(
              "\\d{4}-\\d\\d-\\d\\d-\\d\\d\\.\\d\\d\\.\\d\\d\\.\\d{6}",
              "uuuu-MM-dd-HH.mm.ss.SSSSSS"),
          of("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d", "uuuu/MM/dd HH:mm:ss"),
          of(
              "\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}",
              "dd/MMM/uuuu:HH:mm:ss Z"),
          of(
              "[A-Z][a-z]{2} [A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d \\d{4}",
              "EEE MMM dd HH:mm:ss uuuu"),
          of("\\d{8}-\\d{1,2}:\\d{1,2}:\\d{1,2}:\\d{1,3}", "uuuuMMdd-H:m:s:SSS"),
          of("\\d\\d/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d", "yy/MM/dd HH:mm:ss"),
          of("\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}", "MM-dd HH:mm:ss.SSS"),
          of("\\d\\d\\.\\d\\d \\d\\d:\\d\\d:\\d\\d", "MM.dd HH:mm:ss"),
          of("[A-Z][a-z]{2} {1,2}\\d{1,2} \\d\\d:\\d\\d:\\d\\d", "MMM d HH:mm:ss"),
          of("\\d{6} \\d{6}", "yyMMdd HHmmss"),
          of("1\\d{12}", "epoch-millis"),
          of("1\\d{9}", "epoch-seconds"));

  private static TimeShape of(String pattern, String format) {
    return new TimeShape(Pattern.compile("(?<![\\w.-])" + pattern + "(?![\\w])"), format);
  }

  /** The first shape that most lines have near their start. */
  static Optional<TimeShape> find(List<String> lines) {
    return ALL.stream()
        .filter(shape -> Share.most(lines, line -> shape.at(line).isPresent()))
        .findFirst();
  }

  /** The first time of a line, where it stands in the header. */
  Optional<Matcher> at(String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.find() && matcher.start() <= Share.HEADER
        ? Optional.of(matcher)
        : Optional.empty();
  }
}

package io.longcast.read;

import io.longcast.series.ZoneName;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * Where the time stands and how it is written.
 *
 * @param column the timestamp column; absent for rows without time. Proposed default: {@code
 *     "timestamp"}
 * @param columns columns that hold the time in parts (a date and a time; year, month, day and
 *     hour), joined by a blank in this order before they are read; not empty, they stand in place
 *     of {@code column}. Proposed default: {@code []}
 * @param format {@code auto} (TIMESTAMP and DATE columns as they are, text as ISO 8601 with a blank
 *     or a T, with or without an offset or the name of a zone), {@code epoch-seconds}, {@code
 *     epoch-millis}, {@code epoch-micros}, {@code epoch-nanos}, or a pattern of {@link
 *     DateTimeFormatter} that yields a full date and time, such as {@code dd/MM/yyyy HH:mm}.
 *     Proposed default: {@code auto}
 * @param zone the zone of times written without an offset. Proposed default: {@code "UTC"}
 * @param repeatedHour what a local time means that occurs twice when summer time ends. Proposed
 *     default: by-order
 * @param notBefore earlier rows are rejected; an instant such as {@code 1970-01-01T00:00:00Z}.
 *     Proposed default: absent
 * @param notAfter later rows are rejected. Proposed default: absent
 */
public record TimeSpec(
    Optional<String> column,
    List<String> columns,
    String format,
    String zone,
    RepeatedHour repeatedHour,
    Optional<String> notBefore,
    Optional<String> notAfter)
    implements Serializable {

  /** What a local time means that occurs twice when summer time ends. */
  public enum RepeatedHour {
    /** Always the first of the two. */
    EARLIER,
    /** In file order: the second row of a series with the same local time is the later one. */
    BY_ORDER
  }

  /** The format of timestamps as they are, and of text in ISO 8601. */
  public static final String AUTO = "auto";

  private static final List<String> NAMED =
      List.of(AUTO, "epoch-seconds", "epoch-millis", "epoch-micros", "epoch-nanos");

  public TimeSpec {
    columns = List.copyOf(columns);
    ZoneName.parse(zone, "source.time.zone");
    requireFormat(format);
    if (columns.size() > 1 && format.startsWith("epoch-")) {
      throw new IllegalArgumentException(
          "a time counted since 1970 is a single column, found %s with format %s (keys"
                  .formatted(columns, format)
              + " source.time.columns, source.time.format)");
    }
    notBefore.ifPresent(text -> requireInstant(text, "source.time.notBefore"));
    notAfter.ifPresent(text -> requireInstant(text, "source.time.notAfter"));
  }

  /** The columns that hold the time: none, one, or its parts. */
  List<String> names() {
    return columns.isEmpty() ? column.map(List::of).orElse(List.of()) : columns;
  }

  /** True if times are counted since 1970 rather than written as text. */
  boolean isEpoch() {
    return format.startsWith("epoch-");
  }

  /** The zone of times written without an offset. */
  public ZoneId zoneId() {
    return ZoneId.of(zone);
  }

  private static void requireFormat(String format) {
    if (NAMED.contains(format)) {
      return;
    }
    TimePattern.problem(format)
        .ifPresent(
            problem -> {
              throw new SettingException(
                  "source.time.format",
                  "format must be one of "
                      + String.join(", ", NAMED)
                      + " or a pattern of a date and time such as yyyy-MM-dd HH:mm, found \""
                      + format
                      + "\": "
                      + problem);
            });
  }

  private static void requireInstant(String text, String key) {
    try {
      Instant.parse(text);
    } catch (DateTimeParseException bad) {
      throw new SettingException(
          key, "expected an instant such as 2024-01-01T00:00:00Z, found \"" + text + "\"", bad);
    }
  }
}

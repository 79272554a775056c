package io.longcast.read;

import io.longcast.series.ZoneName;
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
 * @param format {@code auto} (TIMESTAMP and DATE columns as they are, text as ISO 8601 with a blank
 *     or a T, with or without offset), {@code epoch-seconds}, {@code epoch-millis}, {@code
 *     epoch-micros}, or a pattern of {@link DateTimeFormatter} such as {@code dd/MM/yyyy HH:mm}.
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

  private static final List<String> NAMED =
      List.of("auto", "epoch-seconds", "epoch-millis", "epoch-micros");

  public TimeSpec {
    ZoneName.parse(zone, "source.time.zone");
    requireFormat(format);
    notBefore.ifPresent(text -> requireInstant(text, "source.time.notBefore"));
    notAfter.ifPresent(text -> requireInstant(text, "source.time.notAfter"));
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
    try {
      DateTimeFormatter.ofPattern(format);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException(
          "format must be one of "
              + String.join(", ", NAMED)
              + " or a date pattern such as yyyy-MM-dd HH:mm, found \""
              + format
              + "\" (key source.time.format): "
              + bad.getMessage(),
          bad);
    }
  }

  private static void requireInstant(String text, String key) {
    try {
      Instant.parse(text);
    } catch (DateTimeParseException bad) {
      throw new IllegalArgumentException(
          "expected an instant such as 2024-01-01T00:00:00Z, found \""
              + text
              + "\" (key "
              + key
              + ")",
          bad);
    }
  }
}

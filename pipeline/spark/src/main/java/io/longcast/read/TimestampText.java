package io.longcast.read;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads times written as text into microseconds since 1970. Times without an offset belong to a
 * zone; one that the clocks skip when summer time begins does not exist, one that occurs twice when
 * it ends is taken as the earlier.
 */
final class TimestampText implements Serializable {
  /** Stands for text that is not of the format. */
  static final long UNREADABLE = Long.MIN_VALUE;

  /** Stands for a local time that the clocks skipped. */
  static final long SKIPPED = Long.MIN_VALUE + 1;

  private static final long serialVersionUID = 1L;
  private static final Pattern OTHER_BLANK = Pattern.compile("[\\p{Zs}&&[^ ]]");

  private final String format;
  private final ZoneId zone;
  private final ZoneNames names;
  private transient TimePattern pattern;

  /**
   * @param format {@code auto} for ISO 8601, or a pattern
   * @param zone the zone of times without an offset
   */
  TimestampText(String format, ZoneId zone) {
    this.format = format;
    this.zone = zone;
    this.names = new ZoneNames(zone);
  }

  /** Microseconds since 1970, or {@link #UNREADABLE} or {@link #SKIPPED}. */
  long micros(String text) {
    try {
      IsoText.Time time = parse(text);
      ZoneId written = time.zone() == null ? zone : time.zone();
      List<ZoneOffset> offsets = written.getRules().getValidOffsets(time.local());
      return offsets.isEmpty() ? SKIPPED : micros(time.local().toInstant(offsets.get(0)));
    } catch (DateTimeException | ArithmeticException unreadable) {
      return UNREADABLE;
    }
  }

  /** Whether the text carries no offset of its own. */
  boolean isLocal(String text) {
    try {
      return parse(text).zone() == null;
    } catch (DateTimeException unreadable) {
      return false;
    }
  }

  /** Spreadsheets and newer formatters put blanks of other kinds between the parts of a time. */
  private IsoText.Time parse(String text) {
    try {
      return read(text.trim());
    } catch (DateTimeException unreadable) {
      String plain = OTHER_BLANK.matcher(text).replaceAll(" ");
      if (plain.equals(text)) {
        throw unreadable;
      }
      return read(plain.trim());
    }
  }

  private IsoText.Time read(String trimmed) {
    if (format.equals(TimeSpec.AUTO)) {
      return IsoText.parse(trimmed, names);
    }
    if (pattern == null) {
      pattern = new TimePattern(format, names);
    }
    return pattern.parse(trimmed);
  }

  /** Microseconds since 1970. */
  static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
  }
}

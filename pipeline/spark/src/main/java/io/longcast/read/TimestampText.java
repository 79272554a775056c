package io.longcast.read;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;

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

  private final String format;
  private final ZoneId zone;
  private transient DateTimeFormatter formatter;

  /**
   * @param format {@code auto} for ISO 8601, or a pattern
   * @param zone the zone of times without an offset
   */
  TimestampText(String format, ZoneId zone) {
    this.format = format;
    this.zone = zone;
  }

  /** Microseconds since 1970, or {@link #UNREADABLE} or {@link #SKIPPED}. */
  long micros(String text) {
    try {
      if (isPlain(text)) {
        LocalDateTime plain = IsoText.dateTime(text);
        return IsoText.isUtc(text) ? micros(plain.toInstant(ZoneOffset.UTC)) : inZone(plain);
      }
      TemporalAccessor parsed = formatter().parse(text.trim());
      LocalDateTime local = local(parsed);
      ZoneId written = parsed.query(TemporalQueries.zone());
      return written != null ? micros(local.atZone(written).toInstant()) : inZone(local);
    } catch (DateTimeException | ArithmeticException unreadable) {
      return UNREADABLE;
    }
  }

  /** Whether the text carries no offset of its own. */
  boolean isLocal(String text) {
    try {
      return isPlain(text)
          ? !IsoText.isUtc(text)
          : formatter().parse(text.trim()).query(TemporalQueries.zone()) == null;
    } catch (DateTimeException unreadable) {
      return false;
    }
  }

  private boolean isPlain(String text) {
    return format.equals("auto") && IsoText.matches(text);
  }

  private long inZone(LocalDateTime local) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty() ? SKIPPED : micros(local.toInstant(offsets.get(0)));
  }

  private static LocalDateTime local(TemporalAccessor parsed) {
    LocalDate date = parsed.query(TemporalQueries.localDate());
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return LocalDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time);
  }

  /** Microseconds since 1970. */
  static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
  }

  private DateTimeFormatter formatter() {
    if (formatter == null) {
      formatter = format.equals("auto") ? iso() : pattern(format);
    }
    return formatter;
  }

  /** Parts of a date that the pattern leaves out count from their start: yyyy-MM is the first. */
  private static DateTimeFormatter pattern(String pattern) {
    DateTimeFormatterBuilder builder =
        new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
    if (!pattern.contains("d") && !pattern.contains("D")) {
      builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
      if (!pattern.contains("M") && !pattern.contains("L")) {
        builder.parseDefaulting(ChronoField.MONTH_OF_YEAR, 1);
      }
    }
    builder.parseDefaulting(ChronoField.ERA, 1);
    return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
  }

  private static DateTimeFormatter iso() {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .append(DateTimeFormatter.ISO_LOCAL_DATE)
        .optionalStart()
        .appendPattern("['T'][ ]")
        .append(DateTimeFormatter.ISO_LOCAL_TIME)
        .optionalStart()
        .appendPattern("[ ]")
        .appendOffset("+HH:mm", "Z")
        .optionalEnd()
        .optionalStart()
        .appendOffset("+HHmm", "Z")
        .optionalEnd()
        .optionalEnd()
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}

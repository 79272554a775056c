package io.longcast.logs.line;

import io.longcast.read.EpochUnit;
import io.longcast.read.IsoText;
import io.longcast.read.TimePattern;
import io.longcast.read.ZoneNames;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;

/** Reads the timestamps of log entries as they are written. Not thread-safe. */
final class TimestampReader {
  private static final String ISO = "iso";
  private static final String SYSLOG = "MMM d HH:mm:ss";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final String YEAR_PATTERN = "uuuu ";

  /** In so many years every date falls on every day of the week, in leap years too. */
  private static final int WEEKDAY_CYCLE = 28;

  private static final int MAX_SHOWN = 80;

  private final String format;
  private final ZoneId zone;
  private final ZoneNames names;
  private final EpochReader epoch;
  private final TimePattern pattern;
  private final boolean yearless;
  private int sampleYear = LogTime.Yearless.YEAR;

  TimestampReader(LineSpec spec) {
    format = spec.form() == LogForm.SYSLOG_3164 ? SYSLOG : spec.timestampFormat();
    zone = ZoneId.of(spec.zone());
    names = new ZoneNames(zone);
    epoch = epochUnit(format).map(EpochReader::new).orElse(null);
    yearless = isYearless(format);
    pattern = isPattern(format) ? new TimePattern(full(format), names) : null;
  }

  private static Optional<EpochUnit> epochUnit(String format) {
    return Arrays.stream(EpochUnit.values())
        .filter(unit -> unit.format().equals(format))
        .findFirst();
  }

  private static boolean isPattern(String format) {
    return !format.isEmpty() && !format.equals(ISO) && epochUnit(format).isEmpty();
  }

  private static boolean isYearless(String format) {
    return isPattern(format) && !hasAny(format, "yuY");
  }

  /** Whether a pattern has one of the letters outside quotation marks. */
  private static boolean hasAny(String format, String letters) {
    return format.replaceAll("'[^']*'", "").chars().anyMatch(c -> letters.indexOf(c) >= 0);
  }

  /** The pattern with a year in front where it has none. */
  private static String full(String format) {
    return isYearless(format) ? YEAR_PATTERN + format : format;
  }

  /** Why times of a format cannot be read, for a person; empty if they can. */
  static Optional<String> problem(String format) {
    if (format.startsWith("epoch-") && epochUnit(format).isEmpty()) {
      return Optional.of("it is none of epoch-seconds, epoch-millis, epoch-micros, epoch-nanos");
    }
    if (isPattern(format) && !hasAny(format, "yuYMLdDQqwFg")) {
      return Optional.of(
          "it has no date: name the field of the date too (key logs.lines.fields), or set it to \"\""
              + " to go by the order of lines");
    }
    return isPattern(format) ? TimePattern.problem(full(format)) : Optional.empty();
  }

  /** Whether entries have timestamps at all. */
  boolean isUsed() {
    return !format.isEmpty();
  }

  /** Whether times are written without a year, so that it follows from their order. */
  boolean isYearless() {
    return yearless;
  }

  /** Whether times may be written without a zone in one where a local time may occur twice. */
  boolean mayRepeat() {
    return isUsed() && epoch == null && !zone.getRules().isFixedOffset();
  }

  /**
   * The time of a text.
   *
   * @param text null where the line has none
   * @throws RejectedLine if the text is not of the declared format
   */
  LogTime read(String text) {
    if (text == null) {
      throw new RejectedLine(RejectReason.NO_TIMESTAMP, "no timestamp");
    }
    if (epoch != null) {
      return new LogTime.At(epoch.read(text.strip()));
    }
    String trimmed = text.strip();
    try {
      boolean digit = !trimmed.isEmpty() && Character.isDigit(trimmed.charAt(0));
      if (format.equals(ISO) || format.equals(SYSLOG) && digit) {
        return local(IsoText.parse(trimmed, names));
      }
      if (format.equals(SYSLOG)) {
        return syslog(trimmed.split(" "));
      }
      return yearless ? yearless(trimmed) : local(pattern.parse(trimmed));
    } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException unreadable) {
      throw rejected(trimmed, unreadable);
    }
  }

  private LogTime local(IsoText.Time time) {
    return new LogTime.Local(time.local(), zone(time));
  }

  private ZoneId zone(IsoText.Time time) {
    return time.zone() == null ? zone : time.zone();
  }

  /** {@code Oct 11 22:14:15}, with or without a year before the time. */
  private LogTime syslog(String[] words) {
    boolean hasYear = words.length == 4;
    LocalDate date =
        LocalDate.of(
            hasYear ? Integer.parseInt(words[2]) : LogTime.Yearless.YEAR,
            MONTHS.indexOf(words[0]) / 3 + 1,
            Integer.parseInt(words[1]));
    LocalDateTime local = date.atTime(LocalTime.parse(words[words.length - 1]));
    return hasYear ? new LogTime.Local(local, zone) : new LogTime.Yearless(local, zone);
  }

  /** A time with a day of the week is of some year in which its date falls on that day. */
  private LogTime yearless(String text) {
    DateTimeException first = null;
    for (int i = 0; i < WEEKDAY_CYCLE; i++) {
      try {
        IsoText.Time time = pattern.parse(sampleYear + " " + text);
        return new LogTime.Yearless(time.local().withYear(LogTime.Yearless.YEAR), zone(time));
      } catch (DateTimeException unreadable) {
        first = first == null ? unreadable : first;
        if (!hasAny(format, "Eec")) {
          throw unreadable;
        }
        sampleYear =
            LogTime.Yearless.YEAR + (sampleYear + 1 - LogTime.Yearless.YEAR) % WEEKDAY_CYCLE;
      }
    }
    throw first;
  }

  private RejectedLine rejected(String text, RuntimeException why) {
    String shown = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    if (why instanceof DateTimeParseException parse && isZoneName(text, parse)) {
      return new RejectedLine(
          RejectReason.UNKNOWN_ZONE,
          "timestamp: \"%s\": its zone name is unknown or ambiguous".formatted(shown));
    }
    return new RejectedLine(
        RejectReason.BAD_TIMESTAMP,
        "timestamp: \"%s\" is not of the format %s".formatted(shown, format));
  }

  private boolean isZoneName(String text, DateTimeParseException why) {
    int at = why.getErrorIndex() - (yearless ? YEAR_PATTERN.length() : 0);
    return hasAny(format, "z")
        && at >= 0
        && at < text.length()
        && Character.isLetter(text.charAt(at));
  }
}

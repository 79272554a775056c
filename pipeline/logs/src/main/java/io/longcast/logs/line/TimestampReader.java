package io.longcast.logs.line;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Reads the timestamps of log entries. */
final class TimestampReader {
  private final String format;
  private final DateTimeFormatter formatter;
  private final ZoneId zone;

  TimestampReader(LineSpec spec) {
    boolean old = spec.form() == LogForm.SYSLOG_3164;
    format = old ? "MMM d HH:mm:ss" : spec.timestampFormat();
    zone = ZoneId.of(spec.zone());
    formatter =
        switch (format) {
          case "", "epoch-seconds", "epoch-millis" -> null;
          case "iso" -> iso();
          default -> declared(format, spec.year());
        };
  }

  private static DateTimeFormatter iso() {
    return new DateTimeFormatterBuilder()
        .append(DateTimeFormatter.ISO_LOCAL_DATE)
        .appendPattern("['T'][' ']")
        .append(DateTimeFormatter.ISO_LOCAL_TIME)
        .appendPattern("[XXX][XX][X]")
        .toFormatter(Locale.ROOT);
  }

  private static DateTimeFormatter declared(String format, int year) {
    DateTimeFormatterBuilder builder =
        new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(format);
    if (year > 0 && !format.contains("y") && !format.contains("u")) {
      builder.parseDefaulting(ChronoField.YEAR, year);
    }
    return builder.toFormatter(Locale.ENGLISH);
  }

  /** Whether entries have timestamps at all. */
  boolean isUsed() {
    return !format.isEmpty();
  }

  /**
   * @throws DateTimeException if the text is not of the declared format
   */
  Instant read(String text) {
    if (formatter == null) {
      return epoch(text);
    }
    TemporalAccessor parsed = formatter.parse(text);
    if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
      return Instant.from(parsed);
    }
    LocalDate date = LocalDate.from(parsed);
    return LocalDateTime.of(date, java.time.LocalTime.from(parsed)).atZone(zone).toInstant();
  }

  private Instant epoch(String text) {
    try {
      double factor = format.equals("epoch-seconds") ? 1e6 : 1e3;
      long micros = Math.round(Double.parseDouble(text) * factor);
      return Instant.EPOCH.plus(micros, java.time.temporal.ChronoUnit.MICROS);
    } catch (NumberFormatException e) {
      throw new DateTimeException("\"" + text + "\" is not a number of " + format, e);
    }
  }
}

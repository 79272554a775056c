package io.longcast.read;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads times by a pattern of {@link DateTimeFormatter}, in English and whatever the case; weeks
 * ({@code w}) and their days ({@code e}, 1 for Monday) are those of ISO 8601. Parts of a date that
 * the pattern leaves out count from their start: {@code yyyy-MM} is the first. {@code 24:00} is the
 * end of its day, for {@code k} as for {@code H}; {@code z} reads names as {@link ZoneNames} does.
 */
public final class TimePattern {
  /** English with the weeks of ISO 8601, which begin on Monday; those of the USA do on Sunday. */
  private static final Locale ENGLISH = Locale.forLanguageTag("en-US-u-rg-gbzzzz");

  private final DateTimeFormatter strict;
  private final DateTimeFormatter endOfDay;

  /** Whether a text without an offset is none of the pattern. */
  private final boolean isZoned;

  /**
   * @param pattern as {@link #problem} accepts it
   * @param names the meaning of names of zones
   */
  public TimePattern(String pattern, ZoneNames names) {
    DateTimeFormatter formatter = formatter(pattern, names);
    strict = formatter.withResolverStyle(ResolverStyle.STRICT);
    endOfDay = formatter.withResolverStyle(ResolverStyle.SMART);
    isZoned = hasAny(letters(pattern).replaceAll("\\[[^\\]]*]", ""), "XxZz");
  }

  /**
   * The time of a text without blanks around it.
   *
   * @throws DateTimeException if the text is not of the pattern, or there is no such date or time
   */
  public IsoText.Time parse(String text) {
    IsoText.Time time = resolved(text);
    if (isZoned && time.zone() == null) {
      throw new DateTimeException("no offset");
    }
    return time;
  }

  private IsoText.Time resolved(String text) {
    try {
      TemporalAccessor parsed = strict.parse(text);
      LocalTime time = parsed.query(TemporalQueries.localTime());
      LocalDate date = parsed.query(TemporalQueries.localDate());
      if (date == null) {
        throw new DateTimeException("no full date");
      }
      return new IsoText.Time(
          LocalDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time),
          parsed.query(TemporalQueries.zone()));
    } catch (DateTimeParseException unreadable) {
      return parseEndOfDay(text, unreadable);
    }
  }

  /** The smart resolver knows 24:00, and takes 31 April for the 30th, which no date may be. */
  private IsoText.Time parseEndOfDay(String text, DateTimeParseException unreadable) {
    if (!text.contains("24")) {
      throw unreadable;
    }
    TemporalAccessor parsed = endOfDay.parse(text);
    TemporalAccessor written = endOfDay.parseUnresolved(text, new ParsePosition(0));
    LocalDate next = parsed.query(TemporalQueries.localDate());
    if (!holds(written, ChronoField.HOUR_OF_DAY, 24)
        || written.isSupported(ChronoField.DAY_OF_MONTH)
            && !holds(written, ChronoField.DAY_OF_MONTH, next.minusDays(1).getDayOfMonth())) {
      throw unreadable;
    }
    return new IsoText.Time(next.atStartOfDay(), parsed.query(TemporalQueries.zone()));
  }

  private static boolean holds(TemporalAccessor written, ChronoField field, long value) {
    return written.isSupported(field) && written.getLong(field) == value;
  }

  /** Whether times of a pattern may carry an offset or a zone. */
  static boolean hasZone(String pattern) {
    return letters(pattern).chars().anyMatch(c -> "VvzOXxZ".indexOf(c) >= 0);
  }

  /** Why a pattern yields no full date and time, naming the letter; empty if it does. */
  public static Optional<String> problem(String pattern) {
    try {
      DateTimeFormatter.ofPattern(pattern);
    } catch (IllegalArgumentException bad) {
      return Optional.of(bad.getMessage());
    }
    return misused(letters(pattern)).or(() -> unstable(pattern));
  }

  private static Optional<String> misused(String letters) {
    boolean halfDay = hasAny(letters, "hK") && !hasAny(letters, "aB");
    boolean month = hasAny(letters, "MLDQqw");
    boolean clock = hasAny(letters, "HkhKAnN");
    String why = null;
    if (halfDay) {
      why = "\"h\" is an hour of half a day and needs AM or PM (a); write H for hours 0 to 23";
    } else if (hasAny(letters, "Y") && !hasAny(letters, "w")) {
      why = "\"Y\" is the year of a week (w); write y";
    } else if (!hasAny(letters, "yuY")) {
      why = "it has no year (y)";
    } else if (hasAny(letters, "D") && hasAny(letters, "ML")) {
      why = "\"D\" is the day of the year; write d for the day of the month";
    } else if (hasAny(letters, "m") && !month) {
      why = "it has no month: \"m\" is the minute, write M";
    } else if (hasAny(letters, "d") && !month) {
      why = "it has no month (M) for the day \"d\"";
    } else if ((clock || hasAny(letters, "m")) && !hasAny(letters, "dDeEcFg")) {
      why = "it has a time of day and no day (d)";
    } else if (hasAny(letters, "m") && !clock) {
      why = "it has a minute \"m\" and no hour (H)";
    } else if (hasAny(letters, "s") && !hasAny(letters, "m")) {
      why = "it has a second \"s\" and no minute (m)";
    } else if (hasAny(letters, "S") && !hasAny(letters, "s")) {
      why = "\"S\" is a fraction of a second; write s for the second";
    }
    return Optional.ofNullable(why);
  }

  /** What a pattern writes it must read again. */
  private static Optional<String> unstable(String pattern) {
    Instant sample = Instant.parse("2023-11-27T21:43:58.123456Z");
    try {
      String text =
          DateTimeFormatter.ofPattern(pattern, ENGLISH).format(sample.atZone(ZoneOffset.UTC));
      IsoText.Time read = new TimePattern(pattern, new ZoneNames(ZoneOffset.UTC)).parse(text);
      return read.local().getYear() == 2023
          ? Optional.empty()
          : Optional.of("it reads " + sample + ", which it writes \"" + text + "\", as " + read);
    } catch (DateTimeException | ArithmeticException unreadable) {
      return Optional.of("it yields no full date and time: " + unreadable.getMessage());
    }
  }

  private static boolean hasAny(String letters, String wanted) {
    return wanted.chars().anyMatch(c -> letters.indexOf(c) >= 0);
  }

  /** The letters of a pattern without what stands in quotation marks. */
  private static String letters(String pattern) {
    return pattern.replaceAll("'[^']*'", "");
  }

  private static DateTimeFormatter formatter(String pattern, ZoneNames names) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    int from = 0;
    boolean quoted = false;
    StringBuilder part = new StringBuilder();
    while (from < pattern.length()) {
      char letter = pattern.charAt(from);
      int to = from + 1;
      while (to < pattern.length() && pattern.charAt(to) == letter && letter != '\'') {
        to++;
      }
      quoted ^= letter == '\'';
      boolean name = letter == 'z' && !quoted && to - from < 4;
      boolean offset = "XxZ".indexOf(letter) >= 0 && !quoted && !(letter == 'Z' && to - from == 4);
      if (name || offset) {
        builder.appendPattern(part.toString());
        part.setLength(0);
        appendZone(builder, name ? names.byOffset() : List.of());
      } else {
        String run = pattern.substring(from, to);
        part.append(quoted ? run : run.replace('k', 'H'));
      }
      from = to;
    }
    builder.appendPattern(part.toString());
    return withDefaults(builder, letters(pattern)).toFormatter(ENGLISH);
  }

  /** Names of zones, where there are any, or an offset in each form of ISO 8601. */
  private static void appendZone(DateTimeFormatterBuilder builder, List<Map<Long, String>> tables) {
    for (Map<Long, String> table : tables) {
      builder.optionalStart().appendText(ChronoField.OFFSET_SECONDS, table).optionalEnd();
    }
    if (tables.isEmpty()) {
      builder.appendPattern("[XXXXX][XXXX][X]");
    } else {
      builder.optionalStart().appendZoneOrOffsetId().optionalEnd();
    }
  }

  private static DateTimeFormatterBuilder withDefaults(
      DateTimeFormatterBuilder builder, String letters) {
    if (hasAny(letters, "Qq")) {
      builder.parseDefaulting(IsoFields.DAY_OF_QUARTER, 1);
    } else if (hasAny(letters, "w") && !hasAny(letters, "dDeEcFg")) {
      builder.parseDefaulting(ChronoField.DAY_OF_WEEK, 1);
    } else if (!hasAny(letters, "dDwFg")) {
      builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
      if (!hasAny(letters, "ML")) {
        builder.parseDefaulting(ChronoField.MONTH_OF_YEAR, 1);
      }
    }
    return builder.parseDefaulting(ChronoField.ERA, 1);
  }
}

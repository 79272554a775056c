package io.longcast.logs.line;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Completes the times of lines by their order: the year of times without one ({@link YearCount}),
 * and the offset of local times that occur twice when summer time ends, of which the earlier is
 * meant until time would run back by more than {@link #DISORDER}. Not thread-safe.
 */
final class LogClock {
  /** Lines of several threads may be so much out of order. */
  static final Duration DISORDER = Duration.ofMinutes(1);

  private final boolean hasYear;
  private final YearCount years;
  private Instant last;

  /**
   * What is known before a line.
   *
   * @param year of the line before, or of the first line where there is none; 0 if unknown
   * @param second of the line before, since its year's begin; negative where there is none
   * @param last time before; the epoch's earliest where there is none
   */
  record Start(int year, long second, Instant last) implements Serializable {
    /** Before the first line. */
    static Start unknown(int year) {
      return new Start(year, -1, Instant.MIN);
    }
  }

  LogClock(Start start) {
    hasYear = start.year() > 0;
    years =
        start.second() < 0
            ? YearCount.from(start.year())
            : YearCount.behind(start.year(), start.second());
    last = start.last();
  }

  /**
   * The instant of the next line.
   *
   * @throws RejectedLine if it has no year, or its zone skips it
   */
  Instant resolve(LogTime time) {
    if (time instanceof LogTime.At at) {
      last = at.instant();
    } else if (time instanceof LogTime.Local local) {
      last = instant(local.local(), local.zone());
    } else if (time instanceof LogTime.Yearless yearless) {
      last = instant(withYear(yearless), yearless.zone());
    }
    return last;
  }

  private LocalDateTime withYear(LogTime.Yearless time) {
    if (!hasYear) {
      throw new RejectedLine(
          RejectReason.NO_YEAR, "timestamp without a year, and the file has no time either");
    }
    int year = years.next(time);
    LocalDateTime local = time.local().withYear(year);
    if (local.getDayOfMonth() != time.local().getDayOfMonth()) {
      throw new RejectedLine(RejectReason.NO_YEAR, "29 February does not exist in " + year);
    }
    return local;
  }

  private Instant instant(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw new RejectedLine(
          RejectReason.SKIPPED_TIME, "local time does not exist in " + zone + ": " + local);
    }
    Instant earlier = local.toInstant(offsets.get(0));
    boolean later = offsets.size() > 1 && isBefore(earlier, last);
    return later ? local.toInstant(offsets.get(1)) : earlier;
  }

  /** Whether a time would run back by more than disorder explains. */
  static boolean isBefore(Instant time, Instant last) {
    return last.isAfter(time.plus(DISORDER));
  }
}

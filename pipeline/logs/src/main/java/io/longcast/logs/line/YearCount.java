package io.longcast.logs.line;

import java.time.LocalDateTime;

/**
 * Counts years along times that are written without one. A time that is more than {@value
 * #BACK_DAYS} days before the last one is of the next year; less is a line out of order, or a clock
 * that was set. Every year has 366 days here, so that the count does not depend on which year it
 * begins in.
 */
final class YearCount {
  static final int BACK_DAYS = 160;

  private static final long DAY = 86_400;
  private static final long YEAR = 366 * DAY;
  private static final long NOTHING = -1;

  private int year;
  private long last;

  private YearCount(int year, long last) {
    this.year = year;
    this.last = last;
  }

  /** Before the first time, which is of the year given. */
  static YearCount from(int year) {
    return new YearCount(year, NOTHING);
  }

  /** Behind a time of a year. */
  static YearCount behind(int year, long last) {
    return new YearCount(year, last);
  }

  /** The year of the next time. */
  int next(LogTime.Yearless time) {
    return next(secondOfYear(time.local()));
  }

  /** The year of the next time, in seconds since the year's begin. */
  int next(long second) {
    if (last != NOTHING) {
      long ahead = second - last;
      year += ahead < -BACK_DAYS * DAY ? 1 : ahead >= YEAR - BACK_DAYS * DAY ? -1 : 0;
    }
    last = second;
    return year;
  }

  /** The year of the last time. */
  int year() {
    return year;
  }

  /** The last time, in seconds since the year's begin; negative before the first. */
  long last() {
    return last;
  }

  static long secondOfYear(LocalDateTime inLeapYear) {
    return (inLeapYear.getDayOfYear() - 1) * DAY + inLeapYear.toLocalTime().toSecondOfDay();
  }
}

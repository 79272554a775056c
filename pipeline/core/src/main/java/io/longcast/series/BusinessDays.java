package io.longcast.series;

import java.time.LocalDate;

/** Days from Monday to Friday, numbered without the weekends between them. */
final class BusinessDays {
  private static final int OF_WEEK = 5;

  /** From day 0 of the epoch, a Thursday, back to its Monday. */
  private static final int MONDAY = 3;

  private BusinessDays() {}

  /** The number of a day, of Monday, 29 December 1969, 0; a weekend has that of its Friday. */
  static long number(LocalDate date) {
    long day = date.toEpochDay() + MONDAY;
    return Math.floorDiv(day, 7) * OF_WEEK + Math.min(OF_WEEK - 1, Math.floorMod(day, 7));
  }

  /** The day of a number. */
  static LocalDate date(long number) {
    long week = Math.floorDiv(number, OF_WEEK);
    return LocalDate.ofEpochDay(week * 7 + Math.floorMod(number, OF_WEEK) - MONDAY);
  }

  /** True from Monday to Friday. */
  static boolean contains(LocalDate date) {
    return date.getDayOfWeek().getValue() <= OF_WEEK;
  }
}

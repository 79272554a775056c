package io.longcast.generate;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/** Public holidays of an imagined European country: five fixed ones and five around Easter. */
final class GeneratedHolidays {
  private static final Set<MonthDay> FIXED =
      Set.of(
          MonthDay.of(1, 1),
          MonthDay.of(5, 1),
          MonthDay.of(11, 1),
          MonthDay.of(12, 25),
          MonthDay.of(12, 26));

  /** Good Friday, Easter Monday, Ascension, Whit Monday, Corpus Christi. */
  private static final Set<Integer> AFTER_EASTER = Set.of(-2, 1, 39, 50, 60);

  private GeneratedHolidays() {}

  static boolean contains(LocalDate date) {
    int afterEaster = date.getDayOfYear() - easter(date.getYear()).getDayOfYear();
    return FIXED.contains(MonthDay.from(date)) || AFTER_EASTER.contains(afterEaster);
  }

  /**
   * Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8).
   */
  static LocalDate easter(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int g = (8 * b + 13) / 25;
    int h = (19 * a + b - b / 4 - g + 15) % 30;
    int m = (a + 11 * h) / 319;
    int r = (2 * (b % 4) + 2 * (c / 4) - c % 4 - h + m + 32) % 7;
    int month = (h - m + r + 90) / 25;
    return LocalDate.of(year, month, (h - m + r + month + 19) % 32);
  }
}

package io.longcast.clean;

import java.util.concurrent.TimeUnit;

/**
 * Finds the rows at either end of a series whose times no clock that was set can have written
 * (1970, 2099): few, and cut off from the others by more than a year and by more than a multiple of
 * the others' span.
 *
 * @param from first row that stays
 * @param to end of the rows that stay, exclusive
 */
record TimeOutliers(int from, int to) {
  /** Fewer rows say too little of their span. */
  private static final int FEWEST_ROWS = 10;

  /** One row in so many may be an outlier at each end, and one at least. */
  private static final int ROWS_PER_OUTLIER = 50;

  private static final long YEAR = TimeUnit.DAYS.toMicros(365);

  /** Times by position, ascending. */
  interface Times {
    /** Microseconds since 1970. */
    long micros(int row);
  }

  /**
   * Looks at both ends.
   *
   * @param rows how many
   * @param factor spans of the others that make an outlier; 0 for none
   */
  static TimeOutliers of(Times times, int rows, double factor) {
    if (factor == 0 || rows < FEWEST_ROWS) {
      return new TimeOutliers(0, rows);
    }
    int most = Math.max(1, rows / ROWS_PER_OUTLIER);
    long span = times.micros(rows - 1 - most) - times.micros(most);
    double gap = Math.max(YEAR, factor * span);
    int from = most;
    while (from > 0 && times.micros(from) - times.micros(from - 1) <= gap) {
      from--;
    }
    int to = rows - most;
    while (to < rows && times.micros(to) - times.micros(to - 1) <= gap) {
      to++;
    }
    return new TimeOutliers(from, to);
  }
}

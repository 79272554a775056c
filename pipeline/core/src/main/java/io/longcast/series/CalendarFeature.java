package io.longcast.series;

/**
 * A calendar covariate, computed from the local time of a step. Cyclic ones give two numbers, the
 * sine and the cosine of the position in their cycle; a step without a time gives zeros.
 */
public enum CalendarFeature {
  /** Seconds since the full hour, of 3600. */
  MINUTE_OF_HOUR(2),
  /** Seconds since midnight, of 86400. */
  HOUR_OF_DAY(2),
  /** Monday 0 .. Sunday 6, of 7. */
  DAY_OF_WEEK(2),
  /** The first 0, of 31. */
  DAY_OF_MONTH(2),
  /** 1 January 0, of 366. */
  DAY_OF_YEAR(2),
  /** January 0, of 12. */
  MONTH_OF_YEAR(2),
  /** 1 on Saturday and Sunday, else 0. */
  WEEKEND(1);

  private final int columns;

  CalendarFeature(int columns) {
    this.columns = columns;
  }

  /** Numbers a step: 2 for sine and cosine, 1 for a flag. */
  public int columns() {
    return columns;
  }
}

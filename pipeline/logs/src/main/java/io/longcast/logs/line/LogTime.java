package io.longcast.logs.line;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** The time of a line as it is written. {@link LogClock} completes it. */
sealed interface LogTime {
  /** An instant. */
  record At(Instant instant) implements LogTime {}

  /**
   * A date and time.
   *
   * @param zone of the time
   */
  record Local(LocalDateTime local, ZoneId zone) implements LogTime {}

  /**
   * A date and time without a year.
   *
   * @param local in the year {@value #YEAR}, which has a 29 February
   * @param zone of the time
   */
  record Yearless(LocalDateTime local, ZoneId zone) implements LogTime {
    static final int YEAR = 2000;
  }
}

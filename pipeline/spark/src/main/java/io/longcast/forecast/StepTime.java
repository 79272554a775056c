package io.longcast.forecast;

import io.longcast.series.TimeAxis;
import java.time.Instant;

/** Times of steps as Spark holds them. */
final class StepTime {
  private static final long MICROS_A_DAY = 86_400_000_000L;

  private StepTime() {}

  /** Microseconds since 1970, or null where the data have no time. */
  static Long micros(TimeAxis axis, long step) {
    Instant at = axis.instant(step).orElse(null);
    return at == null
        ? null
        : (Long)
            Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
  }

  /** The day in UTC, counted from 1970; null for null. */
  static Integer day(Long micros) {
    return micros == null ? null : (Integer) Math.toIntExact(Math.floorDiv(micros, MICROS_A_DAY));
  }
}

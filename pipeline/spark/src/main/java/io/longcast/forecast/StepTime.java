package io.longcast.forecast;

import io.longcast.series.TimeAxis;
import java.time.Instant;

/** Times of steps as Spark holds them. */
final class StepTime {
  private StepTime() {}

  /** Microseconds since 1970, or null where the data have no time. */
  static Long micros(TimeAxis axis, long step) {
    Instant at = axis.instant(step).orElse(null);
    return at == null
        ? null
        : (Long)
            Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
  }
}

package io.longcast.clean;

import io.longcast.series.Frequency;
import java.io.Serializable;
import java.time.Instant;

/**
 * How the times of series fall on the steps of a grid.
 *
 * @param times different times
 * @param floor steps that hold a time where each belongs to the step that began last
 * @param nearest steps that hold a time where each belongs to the nearer step
 */
record GridFit(long times, long floor, long nearest) implements Serializable {
  static final GridFit NONE = new GridFit(0, 0, 0);

  /**
   * Lays times on a grid.
   *
   * @param times microseconds since 1970, ascending, without duplicates
   */
  static GridFit of(long[] times, Frequency frequency, CleanSpec spec) {
    return new GridFit(
        times.length,
        steps(times, frequency, spec.with(CleanSpec.Snap.FLOOR)),
        steps(times, frequency, spec.with(CleanSpec.Snap.NEAREST)));
  }

  private static long steps(long[] times, Frequency frequency, CleanSpec spec) {
    Instant first = GridTime.instant(times[0]);
    GridTime grid =
        spec.anchor() == CleanSpec.Anchor.FIRST
            ? GridTime.startingAt(first, frequency, spec)
            : GridTime.ofCalendar(times[0], frequency, spec);
    long steps = 0;
    long last = Long.MIN_VALUE;
    for (long time : times) {
      long step = grid.stepOf(time);
      steps += step == last ? 0 : 1;
      last = step;
    }
    return steps;
  }

  GridFit plus(GridFit other) {
    return new GridFit(times + other.times, floor + other.floor, nearest + other.nearest);
  }

  /** Times that share a step with an earlier one. */
  long shared(CleanSpec.Snap snap) {
    return times - (snap == CleanSpec.Snap.NEAREST ? nearest : floor);
  }

  /** Nearest, if it leaves at most half as many times that share a step. */
  CleanSpec.Snap better() {
    boolean jitter = shared(CleanSpec.Snap.FLOOR) > 0;
    return jitter && 2 * shared(CleanSpec.Snap.NEAREST) <= shared(CleanSpec.Snap.FLOOR)
        ? CleanSpec.Snap.NEAREST
        : CleanSpec.Snap.FLOOR;
  }
}

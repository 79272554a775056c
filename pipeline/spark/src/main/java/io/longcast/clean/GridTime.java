package io.longcast.clean;

import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import java.time.Instant;

/**
 * The steps of one grid for times that ascend: which step a time belongs to and where a step
 * begins. Steps of whole seconds, minutes and hours are divided out; days and longer ones are
 * walked along the calendar of the zone, so that a day has 23, 24 or 25 hours.
 */
final class GridTime {
  private static final long SECOND = 1_000_000L;

  private final GridAxis axis;
  private final boolean nearest;
  private final long startMicros;
  private final long stepMicros;
  private long step;
  private long from;
  private long to;

  private GridTime(GridAxis axis, boolean nearest) {
    this.axis = axis;
    this.nearest = nearest;
    this.startMicros = micros(axis.start());
    this.stepMicros = axis.frequency().exactMicros();
    this.from = startMicros;
    this.to = beginOf(1);
  }

  /**
   * The grid of a series by {@code clean.anchor}; its step 0 holds the first time.
   *
   * @param times ascending
   * @param count how many, at least 1
   */
  static GridTime of(TimeOutliers.Times times, int count, Frequency frequency, CleanSpec spec) {
    long first = times.micros(0);
    boolean fromFirst =
        switch (spec.anchor()) {
          case CALENDAR -> false;
          case FIRST -> true;
          case AUTO -> allOn(startingAt(instant(first), frequency, spec), times, count);
        };
    return fromFirst
        ? startingAt(instant(first), frequency, spec)
        : ofCalendar(first, frequency, spec);
  }

  private static boolean allOn(GridTime grid, TimeOutliers.Times times, int count) {
    for (int i = 0; i < count; i++) {
      if (!grid.isOnGrid(times.micros(i))) {
        return false;
      }
    }
    return true;
  }

  /** A grid that begins at a time, or at the newest one before it that the frequency allows. */
  static GridTime startingAt(Instant start, Frequency frequency, CleanSpec spec) {
    Instant aligned = frequency.align(start.atZone(spec.zoneId())).toInstant();
    boolean nearest = spec.snap() == CleanSpec.Snap.NEAREST;
    return new GridTime(new GridAxis(aligned, frequency, spec.zoneId()), nearest);
  }

  /** The grid of the calendar whose step 0 is the step of {@code first}. */
  static GridTime ofCalendar(long first, Frequency frequency, CleanSpec spec) {
    Instant floor = frequency.floor(instant(first).atZone(spec.zoneId())).toInstant();
    GridTime grid = startingAt(floor, frequency, spec);
    long step = grid.stepOf(first);
    return startingAt(grid.axis.at(step).toInstant(), frequency, spec);
  }

  /** The step of a time; times must not descend from call to call. */
  long stepOf(long time) {
    if (stepMicros > 0) {
      long offset = nearest ? stepMicros / 2 : 0;
      return Math.floorDiv(time - startMicros + offset, stepMicros);
    }
    while (time >= to) {
      step++;
      from = to;
      to = beginOf(step + 1);
    }
    return nearest && time - from > to - time ? step + 1 : step;
  }

  /** Whether a time belongs to a step before the first one. */
  boolean isBeforeStart(long time) {
    if (stepMicros > 0) {
      return stepOf(time) < 0;
    }
    return time < startMicros && !(nearest && time - beginOf(-1) >= startMicros - time);
  }

  /** Whether a time is exactly the begin of a step. */
  boolean isOnGrid(long time) {
    if (stepMicros > 0) {
      return (time - startMicros) % stepMicros == 0;
    }
    return beginOf(stepOf(time)) == time;
  }

  /** Begin of a step in microseconds since 1970. */
  long beginOf(long step) {
    return stepMicros > 0 ? startMicros + step * stepMicros : micros(axis.at(step).toInstant());
  }

  GridAxis axis() {
    return axis;
  }

  /** Microseconds since 1970. */
  static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), SECOND), at.getNano() / 1000);
  }

  /** The instant of microseconds since 1970. */
  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1000L);
  }
}

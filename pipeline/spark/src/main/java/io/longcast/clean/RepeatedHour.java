package io.longcast.clean;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * Resolves local times that occur twice when summer time ends. Reading takes both as the earlier
 * one; of two rows of a series with such a time, the second in file order is the later one.
 */
final class RepeatedHour {
  private final ZoneId zone;

  RepeatedHour(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * Moves the second of each such pair.
   *
   * @param rows a series in the order of time, then file
   * @return whether any row moved, so that the rows have to be sorted again
   */
  boolean resolve(SeriesBuffer rows) {
    boolean moved = false;
    long first = SeriesBuffer.NO_TIME;
    for (int row = 0; row < rows.size(); row++) {
      long time = rows.micros(row);
      if (row > 0 && time != SeriesBuffer.NO_TIME && time == first && rows.isLocal(row)) {
        long shift = overlapMicros(time);
        rows.move(row, time + shift);
        moved |= shift > 0;
      } else {
        first = time;
      }
    }
    return moved;
  }

  /** How much later the second meaning of a time is; 0 where it has one meaning. */
  private long overlapMicros(long time) {
    LocalDateTime local = LocalDateTime.ofInstant(GridTime.instant(time), zone);
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change == null || !change.isOverlap()
        ? 0
        : -change.getDuration().toSeconds() * 1_000_000L;
  }
}

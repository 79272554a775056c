package io.longcast.series;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Where the steps of a segment lie in time. Step 0 is the first step of the segment; steps past its
 * end are allowed, because forecasts lie there.
 *
 * <p>Two kinds: {@link GridAxis} for data on a regular grid, {@link RowAxis} for data whose rows
 * are kept as they are.
 */
public sealed interface TimeAxis extends Serializable permits GridAxis, RowAxis {

  /** The time of a step in UTC, or empty where the data have none (rows without timestamps). */
  Optional<Instant> instant(long step);

  /** The step as a local date and time, for calendar covariates; empty where there is no time. */
  default Optional<ZonedDateTime> local(long step) {
    return instant(step).map(at -> at.atZone(ZoneOffset.UTC));
  }

  /** The row number of a step in its file, or empty on a grid. */
  Optional<Long> row(long step);

  /** The same axis with step 0 moved to {@code step}. */
  TimeAxis from(long step);

  /**
   * The same axis with step 0 moved to {@code from}, which need hold no more than {@code length}
   * steps.
   */
  TimeAxis slice(int from, int length);

  /**
   * This axis for {@code length} steps, then the other one.
   *
   * @param next begins where this one has taken {@code length} steps
   */
  TimeAxis followedBy(int length, TimeAxis next);
}

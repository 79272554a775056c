package io.longcast.reconcile;

import io.longcast.series.GridAxis;
import io.longcast.series.HeldSteps;
import io.longcast.series.Segment;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/**
 * Which series are forecast from the common origin of the groups, the step after the newest one of
 * all series.
 *
 * @param newest the newest step
 * @param channels of a series
 * @param staleAfter steps by which a series may end earlier; those between are held
 */
record Members(Instant newest, int channels, int staleAfter) implements Serializable {

  /** A series that reaches to the newest step where it is a member, else as it is. */
  Segment aligned(Segment series) {
    if (series.length() == 0 || !(series.axis() instanceof GridAxis grid)) {
      return series;
    }
    long late = grid.floorStep(newest) - (series.length() - 1);
    boolean joins = late > 0 && late <= staleAfter && ends(series, late);
    return joins ? HeldSteps.after(series, channels, (int) late) : series;
  }

  /** Whether an aligned series is a member. */
  boolean contains(Segment aligned) {
    return aligned.length() > 0 && ends(aligned, 0);
  }

  private boolean ends(Segment series, long late) {
    return series.axis().instant(series.length() - 1 + late).equals(Optional.of(newest));
  }
}

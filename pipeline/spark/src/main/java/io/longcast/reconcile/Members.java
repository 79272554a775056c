package io.longcast.reconcile;

import io.longcast.forecast.ForecastPlan;
import io.longcast.forecast.OriginForecasts;
import io.longcast.series.GridAxis;
import io.longcast.series.HeldSteps;
import io.longcast.series.Segment;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which series are forecast from the common origin of the groups, the step after the newest one of
 * all series.
 *
 * @param newest the newest step
 * @param channels of a series
 * @param context steps that a forecast looks at
 * @param minContext observed values that it needs
 * @param staleAfter steps by which a series may end earlier; those between are held
 */
record Members(Instant newest, int channels, int context, int minContext, int staleAfter)
    implements Serializable {

  static Members of(Instant newest, ForecastPlan plan) {
    return new Members(
        newest,
        plan.layout().channels().size(),
        plan.cutter().window().contextLength(),
        plan.spec().minContext(),
        plan.spec().staleAfter(plan.cutter().window().horizon()));
  }

  /** A series that reaches to the newest step where it is a member, else as it is. */
  Segment aligned(Segment series) {
    if (series.length() == 0 || !(series.axis() instanceof GridAxis grid)) {
      return series;
    }
    long late = grid.floorStep(newest) - (series.length() - 1);
    boolean joins = late > 0 && late <= staleAfter && ends(series, late);
    return joins ? HeldSteps.after(series, channels, (int) late) : series;
  }

  /** Whether an aligned series is a member with any of its channels. */
  boolean contains(Segment aligned) {
    return IntStream.range(0, channels).anyMatch(channel -> contains(aligned, channel));
  }

  /** Whether a channel of an aligned series is forecast from the common origin. */
  boolean contains(Segment aligned, int channel) {
    return aligned.length() > 0
        && ends(aligned, 0)
        && OriginForecasts.observed(aligned, channel, aligned.length(), context) >= minContext;
  }

  private boolean ends(Segment series, long late) {
    return series.axis().instant(series.length() - 1 + late).equals(Optional.of(newest));
  }
}

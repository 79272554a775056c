package io.longcast.forecast;

import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.table.ForecastStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a user must know of a forecast beside its numbers. Of several cautions the status is the
 * gravest; the reason names all.
 */
final class ForecastCautions {
  private final ForecastPlan plan;
  private final int horizon;
  private final long staleAfter;

  private Segment segment;
  private int origin;
  private Map<ForecastStatus, String> found = Map.of();

  ForecastCautions(ForecastPlan plan) {
    this.plan = plan;
    horizon = plan.cutter().window().horizon();
    staleAfter = plan.spec().staleAfter(horizon);
  }

  /** The status of the forecast of a segment from an origin. */
  ForecastStatus status(Segment of, int from) {
    look(of, from);
    return found.keySet().stream().reduce((first, last) -> last).orElse(ForecastStatus.OK);
  }

  /** The cautions in words, or null without any. */
  String reason(Segment of, int from) {
    look(of, from);
    return found.isEmpty() ? null : String.join("; ", found.values());
  }

  /** Once for all channels of a segment. */
  private void look(Segment of, int from) {
    if (of == segment && from == origin) {
      return;
    }
    segment = of;
    origin = from;
    found = new EnumMap<>(ForecastStatus.class);
    context();
    age();
    known();
  }

  private void context() {
    int length = plan.fullContext();
    if (segment.seriesStep() + origin < length) {
      found.put(
          ForecastStatus.SHORT_CONTEXT,
          "%d steps before the origin, the model's context has %d".formatted(origin, length));
    }
  }

  private void age() {
    if (plan.newest() == ForecastPlan.NO_NEWEST || !(segment.axis() instanceof GridAxis grid)) {
      return;
    }
    Instant newest = Instant.EPOCH.plus(plan.newest(), ChronoUnit.MICROS);
    long late = grid.floorStep(newest) - (origin - 1);
    if (late > staleAfter) {
      found.put(
          ForecastStatus.STALE,
          "the series ends %d steps before the newest, at %s; at most %d are current (forecast.staleAfter)"
              .formatted(late, newest, staleAfter));
    }
  }

  private void known() {
    List<String> names = plan.layout().knownCovariates();
    for (int k = 0; k < names.size(); k++) {
      int steps = Math.max(0, segment.row(plan.layout().firstKnownRow() + k).length() - origin);
      if (steps < horizon) {
        found.merge(
            ForecastStatus.MISSING_KNOWN_COVARIATE,
            "%s is known for %d of %d steps".formatted(names.get(k), steps, horizon),
            (one, other) -> one + ", " + other);
      }
    }
  }
}

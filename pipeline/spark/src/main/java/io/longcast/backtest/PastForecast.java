package io.longcast.backtest;

import io.longcast.evaluate.ErrorScale;
import io.longcast.evaluate.WindowForecast;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A forecast that was made before.
 *
 * @param channel index in the layout
 * @param origin microseconds since the epoch of its first step
 * @param offset what the forecast is measured from, 0 where floats hold it
 * @param point {@code [horizon]}
 * @param quantiles {@code [horizon, levels]}
 */
record PastForecast(int channel, long origin, double offset, float[] point, float[] quantiles)
    implements Serializable {

  /** The origin as a step of a series, which may lie at or past its end. */
  private int step(Segment segment) {
    Instant at = Instant.EPOCH.plus(origin, ChronoUnit.MICROS);
    return Math.toIntExact(((GridAxis) segment.axis()).floorStep(at));
  }

  /**
   * The forecast beside the values observed since; empty where there is none.
   *
   * @param season lag of the in-sample error that MASE divides by
   */
  Optional<WindowForecast> with(Segment segment, int season) {
    int from = step(segment);
    float[] actual = new float[point.length];
    float[] observed = new float[point.length];
    boolean any = false;
    for (int t = 0; t < point.length; t++) {
      int step = from + t;
      if (step >= 0 && step < segment.length() && segment.isObserved(channel, step)) {
        actual[t] = (float) (segment.row(channel).get(step) - offset);
        observed[t] = 1;
        any = true;
      }
    }
    if (!any) {
      return Optional.empty();
    }
    ErrorScale scale =
        ErrorScale.of(
            segment.row(channel),
            segment.observed(channel),
            0,
            Math.min(Math.max(0, from), segment.length()),
            season);
    return Optional.of(
        new WindowForecast(actual, observed, point, quantiles, scale).measuredFrom(offset));
  }
}

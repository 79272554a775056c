package io.longcast.forecast;

import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;

/** Changes point forecasts before they become rows; quantiles move along. One for each task. */
public interface PointRevision {
  /** Opens a revision in a task. */
  interface Factory extends Serializable {
    /**
     * @param forecaster of the task, for what the revision has to forecast itself
     */
    PointRevision open(WindowForecaster forecaster);
  }

  /** Changes nothing. */
  Factory NONE = forecaster -> (segment, channel, points) -> points;

  /**
   * The segments of a task before they are forecast, in the same order; a revision may read ahead.
   */
  default Iterator<Segment> read(Iterator<Segment> segments) {
    return segments;
  }

  /**
   * The revised points of a window, called once for each.
   *
   * @param segment one of those read
   * @param points {@code [horizon]} in the unit of the channel
   */
  double[] revised(Segment segment, int channel, double[] points);

  /** What a user must know of the forecast of a group; empty where nothing. */
  default Optional<String> missing(Segment segment, int channel) {
    return Optional.empty();
  }
}

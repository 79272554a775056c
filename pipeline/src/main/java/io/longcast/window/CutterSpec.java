package io.longcast.window;

import io.longcast.series.CalendarSpec;
import io.longcast.series.SeriesLayout;
import java.io.Serializable;

/**
 * What a {@link BatchCutter} is made of; small, and shipped to the executors, where each task opens
 * its own cutter.
 *
 * @param window shape of the windows
 * @param layout the rows of the segments
 * @param calendar covariates computed from the time of each step
 * @param otherChannels whether the other channels of a series are past covariates
 */
public record CutterSpec(
    WindowSpec window, SeriesLayout layout, CalendarSpec calendar, boolean otherChannels)
    implements Serializable {

  /** A cutter for one task. */
  public BatchCutter open() {
    return new BatchCutter(window, layout, calendar, otherChannels);
  }
}

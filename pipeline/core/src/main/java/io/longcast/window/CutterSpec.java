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
 * @param labels whether the last channel holds labels, which are the only targets
 */
public record CutterSpec(
    WindowSpec window,
    SeriesLayout layout,
    CalendarSpec calendar,
    boolean otherChannels,
    boolean labels)
    implements Serializable {

  /** Of forecasts. */
  public CutterSpec(
      WindowSpec window, SeriesLayout layout, CalendarSpec calendar, boolean otherChannels) {
    this(window, layout, calendar, otherChannels, false);
  }

  /** A cutter for one task. */
  public BatchCutter open() {
    return new BatchCutter(window, layout, calendar, otherChannels, labels);
  }
}

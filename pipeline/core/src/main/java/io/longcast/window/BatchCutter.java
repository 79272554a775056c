package io.longcast.window;

import io.longcast.series.CalendarRows;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.util.Arrays;

/**
 * Cuts windows out of segments straight into the arrays of a {@link WindowBatch}.
 *
 * <p>A context that begins before its series is padded on the left with the first value; padded and
 * unobserved steps have {@code observed} 0. Targets past the end are 0 and unobserved. Past
 * covariates are cut for the context only, so that nothing after the origin but known covariates
 * enters a window. A known covariate that ends early keeps its last value.
 *
 * <p>Where the last channel holds labels, it is the only target: the origin is the first labelled
 * step, the context ends with the last one, the first channel is the value and the others are past
 * covariates, followed by what was observed of each (1 or 0). A label that is no whole number is
 * not observed.
 *
 * <p>Not thread-safe: one per task.
 */
public final class BatchCutter {
  private final WindowSpec window;
  private final SeriesLayout layout;
  private final boolean otherChannels;
  private final boolean labels;
  private final int calendarColumns;
  private final CalendarRows calendar;

  /** A cutter for channel-independent windows: a window contains one channel. */
  public BatchCutter(WindowSpec window, SeriesLayout layout, CalendarSpec calendar) {
    this(window, layout, calendar, false);
  }

  /**
   * @param window lengths of context and horizon
   * @param layout the rows of the segments
   * @param calendar covariates computed from the time of each step
   * @param otherChannels whether the other channels of the series, in layout order, are past
   *     covariates after the declared ones
   */
  public BatchCutter(
      WindowSpec window, SeriesLayout layout, CalendarSpec calendar, boolean otherChannels) {
    this(window, layout, calendar, otherChannels, false);
  }

  BatchCutter(
      WindowSpec window,
      SeriesLayout layout,
      CalendarSpec calendar,
      boolean otherChannels,
      boolean labels) {
    if (window.contextLength() < 1) {
      throw new IllegalArgumentException(
          "the context is not chosen yet: expected contextLength >= 1, found " + window);
    }
    if (labels && layout.channels().size() < 2) {
      throw new IllegalArgumentException(
          "labels need a channel in addition to the label column, found " + layout.channels());
    }
    this.window = window;
    this.layout = layout;
    this.labels = labels;
    this.otherChannels = otherChannels || labels;
    this.calendarColumns = calendar.columns();
    this.calendar = new CalendarRows(calendar);
  }

  /** The shape of the windows. */
  public WindowSpec window() {
    return window;
  }

  /** The layout of the segments. */
  public SeriesLayout layout() {
    return layout;
  }

  /** Targets of one segment: its channels, or its labels. */
  public int channels() {
    return labels ? 1 : values();
  }

  /** Channels that a context may show. */
  private int values() {
    return layout.channels().size() - (labels ? 1 : 0);
  }

  /**
   * Past covariates a window: declared ones, then the other channels if requested, with labels
   * followed by what was observed of these.
   */
  public int pastCovariates() {
    int others = otherChannels ? values() - 1 : 0;
    return layout.pastCovariates().size() + others + (labels ? others : 0);
  }

  /** Known covariates a window: declared ones, then the calendar's columns. */
  public int knownCovariates() {
    return layout.knownCovariates().size() + calendarColumns;
  }

  /** An empty batch of the right shape. */
  public WindowBatch newBatch(int capacity) {
    return new WindowBatch(
        capacity, window, pastCovariates(), knownCovariates(), layout.staticCovariates().size());
  }

  /**
   * Adds one window to a batch.
   *
   * @param segment where to cut
   * @param channel the target channel, below {@link #channels()}
   * @param origin the step of the first target value, 1 to the segment's length
   * @param into a batch of {@link #newBatch} with a free place
   */
  public void cut(Segment segment, int channel, int origin, WindowBatch into) {
    int end = labels ? Math.min(segment.length(), origin + window.horizon()) : origin;
    int padding = Math.max(0, window.contextLength() - end);
    if (origin < 1 || origin > segment.length() || padding > 0 && segment.seriesStep() > 0) {
      throw new IllegalArgumentException("no context before origin " + origin + " of " + segment);
    }
    int i = into.add(segment, channel, origin, padding);
    context(segment, channel, end, into, i);
    target(segment, labels ? values() : channel, origin, into, i);
    past(segment, channel, end, into, i);
    known(segment, end, into, i);
    int[] codes = segment.statics();
    System.arraycopy(codes, 0, into.statics(), i * codes.length, codes.length);
  }

  private void context(Segment segment, int channel, int origin, WindowBatch into, int i) {
    int length = window.contextLength();
    copyBefore(segment.row(channel), origin, into.context(), i * length);
    int padding = into.padding(i);
    int at = i * length;
    Arrays.fill(into.contextObserved(), at, at + padding, 0f);
    observed(
        segment.observed(channel),
        origin - length + padding,
        length - padding,
        into.contextObserved(),
        at + padding);
  }

  private void target(Segment segment, int channel, int origin, WindowBatch into, int i) {
    int horizon = window.horizon();
    int real = Math.min(horizon, segment.length() - origin);
    int at = i * horizon;
    System.arraycopy(segment.row(channel), origin, into.target(), at, real);
    Arrays.fill(into.target(), at + real, at + horizon, 0f);
    observed(segment.observed(channel), origin, real, into.targetObserved(), at);
    Arrays.fill(into.targetObserved(), at + real, at + horizon, 0f);
    for (int t = at; labels && t < at + real; t++) {
      boolean code = into.target()[t] == (int) into.target()[t];
      into.targetObserved()[t] = code ? into.targetObserved()[t] : 0;
    }
  }

  private void past(Segment segment, int channel, int origin, WindowBatch into, int i) {
    int length = window.contextLength();
    int at = i * into.pastCovariates() * length;
    for (int p = 0; p < layout.pastCovariates().size(); p++, at += length) {
      copyBefore(segment.row(layout.firstPastRow() + p), origin, into.past(), at);
    }
    for (int c = 0; otherChannels && c < values(); c++) {
      if (c != channel) {
        copyBefore(segment.row(c), origin, into.past(), at);
        at += length;
      }
    }
    for (int c = 1; labels && c < values(); c++, at += length) {
      int padding = into.padding(i);
      Arrays.fill(into.past(), at, at + padding, 1f);
      int from = origin - length + padding;
      observed(segment.observed(c), from, length - padding, into.past(), at + padding);
    }
  }

  /** The context of one row, padded on the left with its first value. */
  private void copyBefore(float[] row, int origin, float[] to, int at) {
    int padding = Math.max(0, window.contextLength() - origin);
    Arrays.fill(to, at, at + padding, row[0]);
    int real = window.contextLength() - padding;
    System.arraycopy(row, origin - real, to, at + padding, real);
  }

  private void known(Segment segment, int origin, WindowBatch into, int i) {
    int steps = window.contextLength() + window.horizon();
    int size = into.knownCovariates() * steps;
    int at = i * size;
    if (i > 0 && into.segment(i - 1) == segment && into.origin(i - 1) == origin) {
      System.arraycopy(into.known(), at - size, into.known(), at, size);
      return;
    }
    int first = origin - window.contextLength();
    for (int k = 0; k < layout.knownCovariates().size(); k++, at += steps) {
      copyAround(segment.row(layout.firstKnownRow() + k), first, steps, into.known(), at);
    }
    calendar.fill(segment.axis(), first, steps, into.known(), at);
  }

  /** A known covariate: the first value before its start, the last one past its end. */
  private static void copyAround(float[] row, int first, int steps, float[] to, int at) {
    int before = Math.max(0, -first);
    int real = Math.max(0, Math.min(row.length - Math.max(0, first), steps - before));
    Arrays.fill(to, at, at + before, row.length == 0 ? 0 : row[0]);
    System.arraycopy(row, Math.max(0, first), to, at + before, real);
    Arrays.fill(to, at + before + real, at + steps, row.length == 0 ? 0 : row[row.length - 1]);
  }

  private static void observed(long[] bits, int from, int count, float[] to, int at) {
    if (bits == null) {
      Arrays.fill(to, at, at + count, 1f);
      return;
    }
    for (int k = 0; k < count; k++) {
      to[at + k] = bits[(from + k) >> 6] >>> ((from + k) & 63) & 1L;
    }
  }
}

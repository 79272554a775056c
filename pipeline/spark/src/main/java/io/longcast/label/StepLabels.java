package io.longcast.label;

import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.series.SeriesValues;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Labelled intervals by series, as codes: what gives each step of a segment its label. Of
 * overlapping intervals the later in the list counts.
 *
 * @param classes names by code; code 0 is of steps that no interval covers
 * @param span lookback in steps: a step also has the class of the newest interval that covers any
 *     of so many newest steps, its own among them
 * @param bySeries intervals of each series that has any
 */
record StepLabels(List<String> classes, int span, Map<String, List<Interval>> bySeries)
    implements Serializable {

  StepLabels {
    classes = List.copyOf(classes);
    bySeries = Map.copyOf(bySeries);
  }

  /** Steps from {@code start} on and before {@code end} are of a class. */
  record Interval(Instant start, Instant end, int code) implements Serializable {
    boolean covers(Instant at) {
      return !at.isBefore(start) && at.isBefore(end);
    }
  }

  /**
   * The segment with one more channel, the label of each step. Steps without a time have none.
   *
   * @param layout of the segment as it is, without the label
   */
  Segment added(Segment segment, SeriesLayout layout) {
    float[] codes = new float[segment.length()];
    long[] bits = new long[(codes.length + 63) / 64];
    List<Interval> intervals = bySeries.getOrDefault(segment.seriesId(), List.of());
    int newest = -span;
    for (int step = 0; step < codes.length; step++) {
      Instant at = segment.axis().instant(step).orElse(null);
      if (at != null) {
        int code = code(intervals, at);
        newest = code > 0 ? step : newest;
        codes[step] = code > 0 || step - newest >= span ? code : codes[step - 1];
        bits[step >> 6] |= 1L << (step & 63);
      }
    }
    return withChannel(segment, layout, codes, bits);
  }

  private static int code(List<Interval> intervals, Instant at) {
    int code = 0;
    for (Interval interval : intervals) {
      code = interval.covers(at) ? interval.code() : code;
    }
    return code;
  }

  /** The segment with a channel of labels that are not known. */
  static Segment withoutLabels(Segment segment, SeriesLayout layout) {
    float[] codes = new float[segment.length()];
    return withChannel(segment, layout, codes, new long[(codes.length + 63) / 64]);
  }

  private static Segment withChannel(
      Segment segment, SeriesLayout layout, float[] values, long[] bits) {
    int channels = layout.channels().size();
    SeriesValues[] rows = new SeriesValues[segment.rows() + 1];
    for (int row = 0; row < segment.rows(); row++) {
      rows[row < channels ? row : row + 1] = segment.row(row);
    }
    rows[channels] = SeriesValues.of(values);
    long[][] observed = new long[channels + 1][];
    for (int channel = 0; channel < channels; channel++) {
      observed[channel] = segment.observed(channel);
    }
    observed[channels] = full(bits, values.length) ? null : bits;
    return new Segment(
        segment.seriesId(),
        segment.seriesStep(),
        segment.seriesLength(),
        segment.axis(),
        segment.length(),
        rows,
        observed,
        segment.statics(),
        segment.originFrom(),
        segment.originTo(),
        segment.weight());
  }

  private static boolean full(long[] bits, int length) {
    return Arrays.stream(bits).mapToInt(Long::bitCount).sum() == length;
  }
}

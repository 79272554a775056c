package io.longcast.reconcile;

import io.longcast.hierarchy.ExactSums;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.series.SeriesValues;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The newest steps of a group in the making: sums of the channels of its members, means of their
 * covariates. A member that has not begun adds nothing. Mergeable in any order to the same bits.
 */
final class GroupHistory implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * What groups look like.
   *
   * @param layout rows of a series
   * @param steps of the past that are kept
   * @param horizon steps after them, for known covariates
   */
  record Shape(SeriesLayout layout, int steps, int horizon) implements Serializable {
    private int width() {
      return steps + horizon;
    }

    private boolean isKnown(int row) {
      return row >= layout.firstKnownRow();
    }
  }

  private final Shape shape;
  private final ExactSums sums;
  private final int[] counts;
  private final int[] observed;
  private int[] statics;
  private int series;
  private int members;
  private int longest;
  private String reserved;

  GroupHistory(Shape shape) {
    this.shape = shape;
    sums = new ExactSums(shape.layout().rows() * shape.width());
    counts = new int[sums.size()];
    observed = new int[shape.layout().channels().size() * shape.width()];
  }

  /** Adds the channels of a series that are forecast; one without any is counted alone. */
  GroupHistory add(Segment aligned, Members of) {
    series++;
    reserved = Hierarchy.isGroup(aligned.seriesId()) ? aligned.seriesId() : reserved;
    if (of.contains(aligned)) {
      members++;
      longest = Math.max(longest, aligned.length());
      statics = statics == null ? aligned.statics().clone() : common(statics, aligned.statics());
      for (int row = 0; row < shape.layout().rows(); row++) {
        if (row >= shape.layout().channels().size() || of.contains(aligned, row)) {
          addRow(aligned, row);
        }
      }
    }
    return this;
  }

  private void addRow(Segment series, int row) {
    SeriesValues values = series.row(row);
    int first = series.length() - shape.steps();
    int limit = series.length() + (shape.isKnown(row) ? shape.horizon() : 0);
    int end = Math.min(values.length(), limit);
    for (int step = Math.max(0, first); step < end; step++) {
      int at = row * shape.width() + step - first;
      sums.add(at, values.get(step));
      counts[at]++;
      if (row < shape.layout().channels().size() && series.isObserved(row, step)) {
        observed[at]++;
      }
    }
  }

  /** Codes that differ become 0, the category never seen. */
  private static int[] common(int[] one, int[] other) {
    return IntStream.range(0, one.length).map(k -> one[k] == other[k] ? one[k] : 0).toArray();
  }

  GroupHistory merge(GroupHistory other) {
    sums.merge(other.sums);
    Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
    Arrays.setAll(observed, i -> observed[i] + other.observed[i]);
    if (other.statics != null) {
      statics = statics == null ? other.statics : common(statics, other.statics);
    }
    series += other.series;
    members += other.members;
    longest = Math.max(longest, other.longest);
    reserved = other.reserved == null ? reserved : other.reserved;
    return this;
  }

  /** Number of its series. */
  int series() {
    return series;
  }

  /** A series that is named like a group; null without any. */
  String reserved() {
    return reserved;
  }

  /** Number of those that are members. */
  int members() {
    return members;
  }

  /**
   * The group as a series that ends with the newest step.
   *
   * @param id of the group, which has members
   */
  Segment segment(String id, Instant newest, Frequency frequency, ZoneId zone) {
    int length = Math.min(longest, shape.steps());
    int from = shape.steps() - length;
    Instant start = frequency.plus(newest.atZone(zone), 1L - length).toInstant();
    SeriesValues[] rows = new SeriesValues[shape.layout().rows()];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = row(row, from, length);
    }
    long[][] bits = new long[shape.layout().channels().size()][(length + 63) / 64];
    for (int c = 0; c < bits.length; c++) {
      for (int step = 0; step < length; step++) {
        int at = c * shape.width() + from + step;
        bits[c][step >> 6] |= observed[at] > 0 ? 1L << (step & 63) : 0;
      }
    }
    return Segment.whole(id, new GridAxis(start, frequency, zone), length, rows, bits, statics);
  }

  private SeriesValues row(int row, int from, int length) {
    int size = length;
    while (shape.isKnown(row)
        && from + size < shape.width()
        && counts[row * shape.width() + from + size] > 0) {
      size++;
    }
    double[] values = new double[size];
    for (int k = 0; k < size; k++) {
      int at = row * shape.width() + from + k;
      int divisor = row < shape.layout().channels().size() ? 1 : Math.max(1, counts[at]);
      values[k] = sums.value(at) / divisor;
    }
    return SeriesValues.of(values).rounded();
  }
}

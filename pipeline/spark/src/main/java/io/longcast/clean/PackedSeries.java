package io.longcast.clean;

import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.series.SeriesValues;
import io.longcast.series.TimeAxis;
import java.util.Arrays;

/**
 * The values of one series on its steps, from absent values (NaN) to a segment: where the series
 * ends and its future covariates begin, what was observed, what fills the gaps.
 */
final class PackedSeries {
  private final SeriesLayout layout;
  private final double[][] values;
  private final int steps;
  private final int length;

  /**
   * @param layout names of the rows
   * @param values {@code [rows][steps]}, NaN where absent; taken over
   * @param steps steps, future ones included
   */
  PackedSeries(SeriesLayout layout, double[][] values, int steps) {
    this.layout = layout;
    this.values = values;
    this.steps = steps;
    this.length = layout.knownCovariates().isEmpty() ? steps : lastValue() + 1;
  }

  /**
   * The same where the end of the series is known.
   *
   * @param length steps up to the end; later ones hold known covariates alone
   */
  PackedSeries(SeriesLayout layout, double[][] values, int steps, int length) {
    this.layout = layout;
    this.values = values;
    this.steps = steps;
    this.length = length;
  }

  private int lastValue() {
    for (int step = steps - 1; step >= 0; step--) {
      for (int row = 0; row < layout.firstKnownRow(); row++) {
        if (!Double.isNaN(values[row][step])) {
          return step;
        }
      }
    }
    return -1;
  }

  /** Steps up to the last one with a channel or past covariate. */
  int length() {
    return length;
  }

  /** Observed values over all channels. */
  long observed() {
    long count = 0;
    for (int channel = 0; channel < layout.channels().size(); channel++) {
      for (int step = 0; step < length; step++) {
        count += Double.isNaN(values[channel][step]) ? 0 : 1;
      }
    }
    return count;
  }

  /** True if no channel ever changes. */
  boolean isConstant() {
    for (int channel = 0; channel < layout.channels().size(); channel++) {
      double first = Double.NaN;
      for (int step = 0; step < length; step++) {
        double value = values[channel][step];
        if (Double.isNaN(value)) {
          continue;
        }
        if (!Double.isNaN(first) && value != first) {
          return false;
        }
        first = value;
      }
    }
    return true;
  }

  /** The segment; fills the gaps. Call last. */
  Segment segment(String seriesId, TimeAxis axis, int[] statics, GapFiller gaps) {
    int channels = layout.channels().size();
    long[][] observed = new long[channels][];
    boolean all = true;
    SeriesValues[] rows = new SeriesValues[values.length];
    for (int row = 0; row < rows.length; row++) {
      int end = row < layout.firstKnownRow() ? length : known(row);
      double[] own = end == values[row].length ? values[row] : Arrays.copyOf(values[row], end);
      if (row < channels) {
        observed[row] = bits(own);
        all &= observed[row] == null;
      }
      (row < channels ? gaps : GapFiller.holding()).fill(own);
      rows[row] = SeriesValues.of(own);
    }
    return Segment.whole(seriesId, axis, length, rows, all ? null : observed, statics);
  }

  /** Where a known covariate ends: after its last value in the future, if it has any there. */
  private int known(int row) {
    int end = steps;
    while (end > length && Double.isNaN(values[row][end - 1])) {
      end--;
    }
    return end;
  }

  /** The bits of the values that are there, or null if all are. */
  private static long[] bits(double[] row) {
    long[] bits = new long[(row.length + 63) >> 6];
    int count = 0;
    for (int i = 0; i < row.length; i++) {
      if (!Double.isNaN(row[i])) {
        bits[i >> 6] |= 1L << (i & 63);
        count++;
      }
    }
    return count == row.length ? null : bits;
  }
}

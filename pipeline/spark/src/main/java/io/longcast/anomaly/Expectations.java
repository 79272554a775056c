package io.longcast.anomaly;

import io.longcast.anomaly.event.EventReport;
import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What a model expected of the steps {@code [from, to)} of a segment: flat arrays {@code [channels,
 * to - from]}. A step without a forecast, and any outside, has {@code NaN} everywhere.
 */
final class Expectations implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int channels;
  private final int from;
  private final int count;
  private final float[] expected;
  private final float[] lower;
  private final float[] upper;
  private final float[] spread;

  /** What the values are measured from; null where all are raw. */
  private double[] offsets;

  Expectations(int channels, int from, int to) {
    this.channels = channels;
    this.from = from;
    count = Math.max(0, to - from);
    expected = unknown(channels * count);
    lower = unknown(channels * count);
    upper = unknown(channels * count);
    spread = unknown(channels * count);
  }

  private static float[] unknown(int size) {
    float[] values = new float[size];
    Arrays.fill(values, Float.NaN);
    return values;
  }

  /**
   * Sets what is expected of one step.
   *
   * @param offset what point, low and high are measured from
   */
  void set(int channel, int step, double offset, float point, float low, float high, float scale) {
    int at = channel * count + step - from;
    if (offset != 0 && offsets == null) {
      offsets = new double[expected.length];
    }
    if (offsets != null) {
      offsets[at] = offset;
    }
    expected[at] = point;
    lower[at] = low;
    upper[at] = high;
    spread[at] = scale;
  }

  private float at(float[] values, int channel, int step) {
    int at = step - from;
    return at < 0 || at >= count ? Float.NaN : values[channel * count + at];
  }

  private double offset(int channel, int step) {
    int at = step - from;
    return offsets == null || at < 0 || at >= count ? 0 : offsets[channel * count + at];
  }

  double expected(int channel, int step) {
    return offset(channel, step) + at(expected, channel, step);
  }

  double lower(int channel, int step) {
    return offset(channel, step) + at(lower, channel, step);
  }

  double upper(int channel, int step) {
    return offset(channel, step) + at(upper, channel, step);
  }

  /** The standard deviation that the model predicted, 0 where it predicts none. */
  float spread(int channel, int step) {
    return at(spread, channel, step);
  }

  /** The same counted from another step of the segment. */
  Expectations from(int step) {
    Expectations moved = new Expectations(channels, from - step, from - step + count);
    moved.take(this, from, from + count, from - step);
    return moved;
  }

  /** These, then those of the steps that follow on them. */
  Expectations and(Expectations next) {
    if (count == 0) {
      return next;
    }
    Expectations both = new Expectations(channels, from, next.from + next.count);
    both.take(this, from, from + count, from);
    both.take(next, next.from, next.from + next.count, next.from);
    return both;
  }

  /** The same without the steps before one. */
  Expectations since(int step) {
    int first = Math.max(from, step);
    Expectations part = new Expectations(channels, first, from + count);
    part.take(this, first, from + count, first);
    return part;
  }

  /** As fields of a state, of the last steps of a segment; to restore them, any. */
  static Expectations field(StateFields fields, Expectations now, int channels, int length) {
    int count = fields.elements(now.count, length, 4 * Float.BYTES * channels);
    Expectations stored =
        count == now.count ? now : new Expectations(channels, length - count, length);
    if (fields.flag(stored.offsets != null)) {
      stored.offsets = stored.offsets == null ? new double[stored.expected.length] : stored.offsets;
      fields.reals(stored.offsets);
    }
    fields.singles(stored.expected);
    fields.singles(stored.lower);
    fields.singles(stored.upper);
    fields.singles(stored.spread);
    return stored;
  }

  /** Those of the steps {@code [first, end)} of a segment for the segment that they make. */
  Expectations slice(int first, int end) {
    Expectations part = new Expectations(channels, 0, end - first);
    part.take(this, first, end, 0);
    return part;
  }

  /**
   * Those of two segments for the segment that they make together.
   *
   * @param length of the first
   * @param nextLength of the second
   */
  Expectations followedBy(int length, Expectations next, int nextLength) {
    Expectations both = new Expectations(channels, 0, length + nextLength);
    both.take(this, 0, length, 0);
    both.take(next, 0, nextLength, length);
    return both;
  }

  private void take(Expectations other, int first, int end, int at) {
    for (int c = 0; c < channels; c++) {
      for (int step = first; step < end; step++) {
        set(
            c,
            at + step - first,
            other.offset(c, step),
            other.at(other.expected, c, step),
            other.at(other.lower, c, step),
            other.at(other.upper, c, step),
            other.spread(c, step));
      }
    }
  }

  /** As reports of events look at them. */
  EventReport.Expected forReports() {
    return new EventReport.Expected() {
      @Override
      public double value(int channel, int step) {
        return expected(channel, step);
      }

      @Override
      public float spread(int channel, int step) {
        return Expectations.this.spread(channel, step);
      }
    };
  }
}

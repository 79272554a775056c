package io.longcast.anomaly.score;

import java.io.Serializable;

/** A number derived from each value of a series in streaming order. */
interface Signal extends Serializable {

  /**
   * @param micros time, or {@link RowScore#NO_TIME}
   * @param x the value, robustly scaled
   */
  double next(long micros, double x);

  /** The size of the change from the last value. */
  final class Change implements Signal {
    private static final long serialVersionUID = 1L;
    private final boolean compressed;
    private boolean started;
    private double last;

    Change(boolean compressed) {
      this.compressed = compressed;
    }

    @Override
    public double next(long micros, double x) {
      double now = compressed ? Robust.asinh(x) : x;
      double change = started ? Math.abs(now - last) : 0;
      started = true;
      last = now;
      return change;
    }
  }

  /** The value itself, or its size. */
  final class Value implements Signal {
    private static final long serialVersionUID = 1L;
    private final boolean size;

    Value(boolean size) {
      this.size = size;
    }

    @Override
    public double next(long micros, double x) {
      return size ? Math.abs(x) : x;
    }
  }

  /** The logarithm of one plus the rows since the value last moved. */
  final class Stuck implements Signal {
    private static final long serialVersionUID = 1L;
    private double last = Double.NaN;
    private long rows;

    @Override
    public double next(long micros, double x) {
      rows = x == last ? rows + 1 : 0;
      last = x;
      return Math.log1p(rows);
    }
  }
}

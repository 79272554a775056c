package io.longcast.anomaly.score;

import java.io.Serializable;

/** One value of one channel, the input of signals: refilled for each value, never kept. */
final class Sample implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Microseconds since the epoch, or {@link RowScore#NO_TIME}. */
  long micros;

  /** The value in its own units; not a number where it is missing. */
  double value;

  /** What a forecaster expected, in the units of the value; not a number without a forecast. */
  double mean;

  /** The value in robust units; not a number where it is missing. */
  double x;

  /** asinh of it. */
  double compressed;

  /** What a forecaster expected, in robust units; not a number without a forecast. */
  double expected;

  /** The scale it predicted, in robust units. */
  double spread;

  /** Fills in a value; {@code forecast} and {@code scale} in the units of the value. */
  void set(long time, double now, double forecast, double scale, Robust unit) {
    micros = time;
    value = now;
    mean = forecast;
    x = unit.scale(now);
    compressed = Robust.asinh(x);
    expected = unit.scale(forecast);
    spread = scale / unit.spread();
  }

  boolean isMissing() {
    return Double.isNaN(x);
  }
}

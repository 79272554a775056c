package io.longcast.anomaly.pattern;

import java.io.Serializable;

/**
 * The scale on which a series is looked at: {@code (value - mean) / unit}, at most {@value #LIMIT}
 * units away.
 */
record PatternUnits(double mean, double unit) implements Serializable {
  private static final double LIMIT = 1000;
  private static final double LEAST = 1e-9;
  private static final double SHARE = 1e-3;

  /**
   * Mean and standard deviation of the values; of a constant series a thousandth of its size, so
   * that what moves it is neither lost nor divided by nothing.
   */
  static PatternUnits of(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double square = 0;
    for (double value : values) {
      square += (value - mean) * (value - mean) / values.length;
    }
    double deviation = Math.sqrt(square);
    double size = Math.abs(mean);
    boolean isConstant = !(deviation > LEAST * Math.max(1, size));
    return new PatternUnits(mean, isConstant ? Math.max(SHARE * size, LEAST) : deviation);
  }

  float scale(double value) {
    return (float) Math.max(-LIMIT, Math.min(LIMIT, (value - mean) / unit));
  }
}

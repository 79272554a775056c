package io.longcast.evaluate;

import java.io.Serializable;

/**
 * A figure with the number of things it was computed from.
 *
 * @param name plain name, such as {@code mase} or {@code coverage_95}
 * @param value the figure; NaN where {@code count} is 0
 * @param count windows, values, series or rows behind the figure
 */
public record Metric(String name, double value, long count) implements Serializable {

  public Metric {
    if (count < 0) {
      throw new IllegalArgumentException(name + ": count must be >= 0, found " + count);
    }
    value = count == 0 ? Double.NaN : value;
  }

  /** {@code sum / count}, NaN with count 0. */
  public static Metric mean(String name, double sum, long count) {
    return new Metric(name, sum / count, count);
  }
}

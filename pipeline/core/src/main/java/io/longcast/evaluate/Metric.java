package io.longcast.evaluate;

import java.io.Serializable;
import java.util.List;

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

  /**
   * The metric of a name among others.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Metric named(String name, List<Metric> among) {
    return among.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no metric " + name + " among " + among.stream().map(Metric::name).toList()));
  }
}

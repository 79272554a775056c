package io.longcast.anomaly.score;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.Arrays;

/**
 * x = (value - median) / (interquartile range / 1.349), from the learning values; where the range
 * is 0 the standard deviation, else a thousandth of the median's size, else 1.
 *
 * @param median centre
 * @param spread unit, above 0
 */
public record Robust(double median, double spread) implements Serializable {
  /** Leaves values as they are. */
  public static final Robust SAME = new Robust(0, 1);

  private static final double NORMAL_RANGE = 1.349;

  /** Of the values that are not missing; 0 and 1 where there is none. */
  public static Robust of(double[] all) {
    double[] values = Arrays.stream(all).filter(v -> !Double.isNaN(v)).toArray();
    if (values.length == 0) {
      return new Robust(0, 1);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double median = quantile(sorted, 0.5);
    double range = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / NORMAL_RANGE;
    if (range > 0) {
      return new Robust(median, range);
    }
    double deviation = deviation(values);
    double least = 1e-3 * Math.abs(median);
    return new Robust(median, deviation > 0 ? deviation : least > 0 ? least : 1);
  }

  /** Centred at the least value, with the width of the range as unit; 1 where they agree. */
  public static Robust range(double[] all) {
    double least = Arrays.stream(all).filter(v -> !Double.isNaN(v)).min().orElse(0);
    double most = Arrays.stream(all).filter(v -> !Double.isNaN(v)).max().orElse(0);
    return new Robust(least, most > least ? most - least : 1);
  }

  private static double quantile(double[] sorted, double level) {
    double at = level * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(sorted.length - 1, low + 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
  }

  /** The value in robust units. */
  public double scale(double value) {
    return (value - median) / spread;
  }

  /** Back from robust units. */
  public double unscale(double x) {
    return median + spread * x;
  }

  /** Inverse of the hyperbolic sine. */
  public static double asinh(double x) {
    return x < 0 ? -asinh(-x) : Math.log(x + Math.sqrt(x * x + 1));
  }

  /** As a field of a state. */
  static Robust field(StateFields fields, Robust now) {
    return new Robust(fields.real(now.median), fields.real(now.spread));
  }
}

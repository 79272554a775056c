package io.longcast.evaluate;

import io.longcast.series.SeriesValues;
import java.io.Serializable;

/**
 * The in-sample error of the seasonal naive forecast, by which MASE, RMSSE and MSIS divide (Hyndman
 * and Koehler 2006).
 *
 * @param absolute mean of |x_t - x_(t-m)|; NaN without a pair of values m apart
 * @param squared mean of (x_t - x_(t-m))²; NaN likewise
 */
public record ErrorScale(double absolute, double squared) implements Serializable {

  /** A scale of one: errors stay in the units of the data. */
  public static final ErrorScale UNIT = new ErrorScale(1, 1);

  /**
   * The scale of the values before an origin.
   *
   * @param values the series
   * @param from first value that counts
   * @param to end, exclusive: the origin
   * @param season the lag m, at least 1
   */
  public static ErrorScale of(SeriesValues values, int from, int to, int season) {
    return of(values, null, from, to, season);
  }

  /**
   * As {@link #of(SeriesValues, int, int, int)}, over pairs of observed values only.
   *
   * @param observed one bit a value as in a segment, or null where all were observed
   */
  public static ErrorScale of(SeriesValues values, long[] observed, int from, int to, int season) {
    if (season < 1) {
      throw new IllegalArgumentException("season must be >= 1, found " + season);
    }
    double absolute = 0;
    double squared = 0;
    long pairs = 0;
    for (int t = from + season; t < to; t++) {
      if (isSet(observed, t) && isSet(observed, t - season)) {
        double difference = values.get(t) - values.get(t - season);
        absolute += Math.abs(difference);
        squared += difference * difference;
        pairs++;
      }
    }
    return pairs == 0
        ? new ErrorScale(Double.NaN, Double.NaN)
        : new ErrorScale(absolute / pairs, squared / pairs);
  }

  private static boolean isSet(long[] bits, int at) {
    return bits == null || (bits[at >> 6] >>> (at & 63) & 1L) != 0;
  }
}

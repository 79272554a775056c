package io.longcast.scale;

import java.io.Serializable;

/**
 * What a per-series scale is read off: counts, mean and squared deviations of the values and of
 * their logarithms, in one pass and mergeable (Chan, Golub, LeVeque 1983). Merging is commutative
 * and associative up to rounding; for equal bits merge in a fixed order.
 *
 * @param count observed values
 * @param mean their mean; 0 without values
 * @param squares sum of squared deviations from the mean
 * @param absolute sum of absolute values
 * @param least smallest value; positive infinity without values
 * @param logMean mean of the logarithms, meaningful while {@code least > 0}
 * @param logSquares sum of squared deviations of the logarithms
 */
public record SeriesMoments(
    long count,
    double mean,
    double squares,
    double absolute,
    double least,
    double logMean,
    double logSquares)
    implements Serializable {

  /** No values. */
  public static final SeriesMoments EMPTY =
      new SeriesMoments(0, 0, 0, 0, Double.POSITIVE_INFINITY, 0, 0);

  /**
   * Moments of a stretch of a row.
   *
   * @param x values
   * @param observed bit set of the row, or null where all were observed
   * @param from first position
   * @param to end, exclusive
   */
  public static SeriesMoments of(float[] x, long[] observed, int from, int to) {
    long n = 0;
    double mean = 0;
    double squares = 0;
    double absolute = 0;
    double least = Double.POSITIVE_INFINITY;
    double logMean = 0;
    double logSquares = 0;
    for (int i = from; i < to; i++) {
      if (observed != null && (observed[i >> 6] >>> (i & 63) & 1L) == 0) {
        continue;
      }
      n++;
      double delta = x[i] - mean;
      mean += delta / n;
      squares += delta * (x[i] - mean);
      absolute += Math.abs(x[i]);
      least = Math.min(least, x[i]);
      if (least > 0) {
        double log = Math.log(x[i]);
        double logDelta = log - logMean;
        logMean += logDelta / n;
        logSquares += logDelta * (log - logMean);
      }
    }
    return new SeriesMoments(n, mean, squares, absolute, least, logMean, logSquares);
  }

  /** Moments of both sets of values together. */
  public SeriesMoments merge(SeriesMoments other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    long n = count + other.count;
    double share = (double) other.count / n;
    double delta = other.mean - mean;
    double logDelta = other.logMean - logMean;
    double cross = count * share;
    return new SeriesMoments(
        n,
        mean + delta * share,
        squares + other.squares + delta * delta * cross,
        absolute + other.absolute,
        Math.min(least, other.least),
        logMean + logDelta * share,
        logSquares + other.logSquares + logDelta * logDelta * cross);
  }

  /** Standard deviation (population); NaN without values. */
  public double std() {
    return count == 0 ? Double.NaN : Math.sqrt(squares / count);
  }

  /**
   * The scale of the series: centre 0 or the mean, spread 1, the mean absolute value or the
   * standard deviation.
   *
   * @throws IllegalArgumentException for a centre, spread or transform that moments cannot tell
   */
  public Scale scale(ScaleSpec spec) {
    boolean log = spec.transform() == Transform.LOG_IF_POSITIVE && least > 0;
    Scale scale = new Scale();
    scale.transform(log ? Scale.Kind.LOG : Scale.Kind.IDENTITY, log ? least : 1);
    double unit = log ? 1 : count == 0 ? 0 : absolute / count;
    double spread = spread(spec, log) + spec.floor() * unit;
    boolean keep = spec.spread() == Spread.ONE || !(spread > 0);
    scale.affine(center(spec, log), keep ? 1 : spread);
    return scale;
  }

  private double center(ScaleSpec spec, boolean log) {
    return switch (spec.center()) {
      case MEAN -> log ? logMean : mean;
      case ZERO -> 0;
      default -> throw unknown("center", spec.center());
    };
  }

  private double spread(ScaleSpec spec, boolean log) {
    if (spec.transform() == Transform.ASINH) {
      throw unknown("transform", spec.transform());
    }
    return switch (spec.spread()) {
      case STD -> count == 0 ? 0 : Math.sqrt((log ? logSquares : squares) / count);
      case MEAN_ABS -> count == 0 ? 0 : log ? Math.abs(logMean) : absolute / count;
      case ONE -> 1;
      default -> throw unknown("spread", spec.spread());
    };
  }

  private static IllegalArgumentException unknown(String key, Enum<?> value) {
    return new IllegalArgumentException(
        "a per-series scale knows mean, zero, std, mean-abs, one, identity and log-if-positive,"
            + " found "
            + value
            + " (key scale."
            + key
            + ")");
  }
}

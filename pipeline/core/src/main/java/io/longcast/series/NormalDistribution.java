package io.longcast.series;

/** The standard normal distribution: tails and quantiles, accurate far out. */
public final class NormalDistribution {
  private static final double SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
  private static final double SERIES_LIMIT = 3.0;
  private static final double WIDEST = 38.0;

  private NormalDistribution() {}

  /**
   * P(Z &gt; z). A power series of the distribution function near zero, a continued fraction of
   * Mills' ratio further out (Abramowitz and Stegun 26.2.10 and 26.2.14); relative error below
   * 1e-12 up to z = 38.
   */
  public static double upperTail(double z) {
    if (Double.isNaN(z)) {
      return Double.NaN;
    }
    if (z < 0) {
      return 1 - upperTail(-z);
    }
    if (z < SERIES_LIMIT) {
      return 0.5 - density(z) * irregularSeries(z);
    }
    return z > WIDEST ? 0 : density(z) * millsRatio(z);
  }

  /** The value with probability {@code p} below it, 0 &lt; p &lt; 1, by bisection on the tail. */
  public static double quantile(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("a quantile level must lie in (0, 1), found " + p);
    }
    if (p < 0.5) {
      return -quantileOfTail(p);
    }
    return quantileOfTail(1 - p);
  }

  /** The value with probability {@code tail} above it, {@code tail} in (0, 0.5]. */
  private static double quantileOfTail(double tail) {
    double low = 0;
    double high = WIDEST;
    for (int i = 0; i < 100 && high - low > 1e-14 * high; i++) {
      double middle = 0.5 * (low + high);
      if (upperTail(middle) > tail) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }

  private static double density(double z) {
    return Math.exp(-0.5 * z * z) / SQRT_TWO_PI;
  }

  private static double irregularSeries(double z) {
    double term = z;
    double sum = z;
    for (int k = 3; term > 1e-17 * sum; k += 2) {
      term *= z * z / k;
      sum += term;
    }
    return sum;
  }

  private static double millsRatio(double z) {
    double fraction = z;
    for (int k = 200; k >= 1; k--) {
      fraction = z + k / fraction;
    }
    return 1 / fraction;
  }
}

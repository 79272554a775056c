package io.longcast.hierarchy;

import java.io.Serializable;

/**
 * The shrinkage intensity of a covariance matrix of residuals towards its diagonal (Schäfer and
 * Strimmer 2005, in the form of Wickramasuriya, Athanasopoulos and Hyndman 2019), from sums over
 * the series. No matrix of series by series is formed: the squared correlations of all pairs follow
 * from the products of times, of which there are few. Cost: residuals squared for each series.
 *
 * <p>Mergeable; sums are whole numbers, so that their order does not decide the bits.
 */
public final class ShrinkageSums implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double UNITS = 1 << 20;

  private final int times;
  private final long[] products;
  private long fourth;
  private long series;

  /**
   * @param times residuals of a series, at most 46340
   */
  public ShrinkageSums(int times) {
    this.times = times;
    products = new long[times * (times + 1) / 2];
  }

  /**
   * Adds a series; one whose residuals are all 0 does not count.
   *
   * @param residuals one a time, 0 where it is not known
   */
  public void add(double[] residuals) {
    double squares = 0;
    for (double residual : residuals) {
      squares += residual * residual;
    }
    if (squares == 0) {
      return;
    }
    double scale = Math.sqrt(times / squares);
    series++;
    for (int t = 0, at = 0; t < times; t++) {
      double x = scale * residuals[t];
      fourth += Math.round(UNITS * x * x * x * x);
      for (int s = 0; s <= t; s++, at++) {
        products[at] += Math.round(UNITS * x * scale * residuals[s]);
      }
    }
  }

  /** Adds the series of another object over as many times. */
  public ShrinkageSums merge(ShrinkageSums other) {
    for (int k = 0; k < products.length; k++) {
      products[k] += other.products[k];
    }
    fourth += other.fourth;
    series += other.series;
    return this;
  }

  /** Series that count. */
  public long series() {
    return series;
  }

  /** Share of the diagonal, 0 to 1; 1 where fewer than two series or times count. */
  public double intensity() {
    double all = 0;
    double squared = 0;
    for (int t = 0, at = 0; t < times; t++) {
      for (int s = 0; s <= t; s++, at++) {
        double product = products[at] / UNITS;
        all += (s == t ? 1 : 2) * product * product;
        squared += s == t ? product * product : 0;
      }
    }
    double n = times;
    double correlations = all / (n * n) - series;
    double variances = (squared - fourth / UNITS - (all - series * n * n) / n) / (n * (n - 1));
    return series < 2 || times < 2 || correlations <= 0
        ? 1
        : Math.max(0, Math.min(1, variances / correlations));
  }
}

package io.longcast.model.zero.season;

import java.util.Arrays;

/**
 * Autocorrelation with missing values: the mean product over the pairs of observed values at each
 * lag, over the mean square. By a fast Fourier transform of radix 2; reusable, not thread-safe.
 */
final class FourierAutocorrelation {
  private static final double CLIP = 4;

  private int size;
  private double[] cos = {};
  private double[] sin = {};
  private double[] re = {};
  private double[] im = {};

  /**
   * @param x values; those that are not observed are ignored
   * @param observed which values count
   * @param lags longest lag
   * @return {@code [lags + 1]}, 1 at lag 0 and 0 where no pair was observed
   */
  double[] of(double[] x, boolean[] observed, int lags) {
    prepare(x.length + lags + 1);
    boolean whole = fill(x, observed);
    double[] products = correlate(lags);
    double[] counts = whole ? counts(x.length, lags) : counts(observed, lags);
    double[] r = new double[lags + 1];
    for (int k = 0; k <= lags; k++) {
      r[k] = counts[k] > 0.5 ? products[k] / counts[k] : 0;
    }
    double variance = Math.max(r[0], 1e-9);
    for (int k = 0; k <= lags; k++) {
      r[k] /= variance;
    }
    return r;
  }

  /** Values in units of their root mean square, clipped; true where all are observed. */
  private boolean fill(double[] x, boolean[] observed) {
    double squares = 0;
    int n = 0;
    for (int t = 0; t < x.length; t++) {
      if (observed[t]) {
        squares += x[t] * x[t];
        n++;
      }
    }
    double factor = squares > 0 ? 1 / Math.sqrt(squares / n) : 0;
    for (int t = 0; t < x.length; t++) {
      re[t] = observed[t] ? Math.max(-CLIP, Math.min(CLIP, factor * x[t])) : 0;
    }
    return n == x.length;
  }

  private static double[] counts(int n, int lags) {
    double[] counts = new double[lags + 1];
    for (int k = 0; k <= lags; k++) {
      counts[k] = n - k;
    }
    return counts;
  }

  private double[] counts(boolean[] observed, int lags) {
    prepare(observed.length + lags + 1);
    for (int t = 0; t < observed.length; t++) {
      re[t] = observed[t] ? 1 : 0;
    }
    return correlate(lags);
  }

  private double[] correlate(int lags) {
    transform();
    for (int k = 0; k < size; k++) {
      re[k] = re[k] * re[k] + im[k] * im[k];
      im[k] = 0;
    }
    transform();
    double[] products = new double[lags + 1];
    for (int k = 0; k <= lags; k++) {
      products[k] = re[k] / size;
    }
    return products;
  }

  private void prepare(int least) {
    int wanted = Math.max(2, Integer.highestOneBit(least - 1) << 1);
    if (wanted != size) {
      size = wanted;
      re = new double[size];
      im = new double[size];
      cos = new double[size / 2];
      sin = new double[size / 2];
      for (int k = 0; k < size / 2; k++) {
        cos[k] = Math.cos(2 * Math.PI * k / size);
        sin[k] = -Math.sin(2 * Math.PI * k / size);
      }
    }
    Arrays.fill(re, 0);
    Arrays.fill(im, 0);
  }

  private void transform() {
    reverseBits();
    for (int half = 1; half < size; half *= 2) {
      int stride = size / (2 * half);
      for (int start = 0; start < size; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          butterfly(start + k, start + k + half, cos[k * stride], sin[k * stride]);
        }
      }
    }
  }

  private void butterfly(int a, int b, double c, double s) {
    double r = re[b] * c - im[b] * s;
    double i = re[b] * s + im[b] * c;
    re[b] = re[a] - r;
    im[b] = im[a] - i;
    re[a] += r;
    im[a] += i;
  }

  private void reverseBits() {
    int shift = Integer.numberOfLeadingZeros(size) + 1;
    for (int k = 0; k < size; k++) {
      int other = Integer.reverse(k) >>> shift;
      if (other > k) {
        double r = re[k];
        double i = im[k];
        re[k] = re[other];
        im[k] = im[other];
        re[other] = r;
        im[other] = i;
      }
    }
  }
}

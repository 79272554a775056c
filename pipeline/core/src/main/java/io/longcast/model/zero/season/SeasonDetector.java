package io.longcast.model.zero.season;

import java.util.Arrays;

/**
 * Finds up to two seasons of one series by autocorrelation: of the series without its linear trend,
 * of its changes, and with enough values of the changes of its means of four. The first season is
 * the shortest lag that peaks nearly as high as the best; the second the multiple of it at which
 * the seasonally differenced series is most like itself. Common periods get a small bonus.
 *
 * <p>Reusable, not thread-safe.
 */
public final class SeasonDetector {
  private static final int[] COMMON = {4, 7, 12, 24, 48, 52, 96, 168, 336, 672};

  /** Longest season looked for. */
  private static final int LONGEST = 720;

  private static final int LEAST_VALUES = 9;

  /** From this many values the means of four are looked at too. */
  private static final int MANY_VALUES = 256;

  /** Seasons a series must hold for a first season, and for a second above it. */
  private static final double LEAST_SEASONS = 2.2;

  private static final double NEARLY = 0.8;

  private final FourierAutocorrelation autocorrelation = new FourierAutocorrelation();

  /**
   * @param x oldest first; values that are not observed are ignored
   * @param observed which values were observed
   */
  public Seasons detect(double[] x, boolean[] observed) {
    int n = x.length;
    if (n < LEAST_VALUES) {
      return Seasons.NONE;
    }
    double[] rest = withoutTrend(x, observed);
    int lags = Math.min(n / 2, LONGEST);
    double[] r = similarity(rest, observed, lags);
    double[] peaks = peaks(r, n);
    double best = max(peaks, 0, peaks.length);
    if (!(best > 0)) {
      return Seasons.NONE;
    }
    int lag = doubled(peaks, shortest(peaks, best));
    int shorter = argmax(peaks, 0, lag / 3 + 1);
    if (lag / 3 + 1 > 3 && lag >= 12 && peaks[shorter] >= 0.4 * best) {
      return new Seasons(shorter, lag);
    }
    return new Seasons(lag, second(rest, observed, r, lag));
  }

  private double[] similarity(double[] rest, boolean[] observed, int lags) {
    double[] whole = autocorrelation.of(rest, observed, lags);
    double[] changes = changes(rest, observed, 1, lags);
    double[] means = rest.length > MANY_VALUES ? meansOfFour(rest, observed, lags) : null;
    double[] r = new double[lags + 1];
    for (int k = 0; k <= lags; k++) {
      r[k] =
          means == null
              ? 0.5 * (whole[k] + changes[k])
              : 0.4 * whole[k] + 0.25 * changes[k] + 0.35 * means[k];
    }
    return r;
  }

  /** Autocorrelation of {@code x_t - x_(t-by)}. */
  private double[] changes(double[] x, boolean[] observed, int by, int lags) {
    double[] d = new double[x.length - by];
    boolean[] known = new boolean[d.length];
    for (int t = 0; t < d.length; t++) {
      d[t] = x[t + by] - x[t];
      known[t] = observed[t + by] && observed[t];
    }
    return autocorrelation.of(d, known, lags);
  }

  private double[] meansOfFour(double[] x, boolean[] observed, int lags) {
    double[] sums = new double[x.length - 3];
    boolean[] known = new boolean[sums.length];
    for (int t = 0; t < sums.length; t++) {
      sums[t] = x[t] + x[t + 1] + x[t + 2] + x[t + 3];
      known[t] = observed[t] && observed[t + 1] && observed[t + 2] && observed[t + 3];
    }
    return changes(sums, known, 4, lags);
  }

  private static double[] withoutTrend(double[] x, boolean[] observed) {
    int n = x.length;
    double count = 0;
    double meanTime = 0;
    double mean = 0;
    for (int t = 0; t < n; t++) {
      if (observed[t]) {
        count++;
        meanTime += t;
        mean += x[t];
      }
    }
    meanTime /= Math.max(1, count);
    mean /= Math.max(1, count);
    double covariance = 0;
    double variance = 1e-9;
    for (int t = 0; t < n; t++) {
      if (observed[t]) {
        covariance += (t - meanTime) * (x[t] - mean);
        variance += (t - meanTime) * (t - meanTime);
      }
    }
    double slope = covariance / variance;
    double[] rest = new double[n];
    for (int t = 0; t < n; t++) {
      rest[t] = observed[t] ? x[t] - mean - slope * (t - meanTime) : 0;
    }
    return rest;
  }

  /** The similarity at lags that peak and are beyond chance, -1 at others. */
  private static double[] peaks(double[] r, int n) {
    double[] peaks = new double[r.length];
    Arrays.fill(peaks, -1);
    double lowest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < r.length; k++) {
      lowest = Math.min(lowest, r[k]);
      if (k < 3 || k + 1 >= r.length || LEAST_SEASONS * k > n) {
        continue;
      }
      boolean common = Arrays.binarySearch(COMMON, k) >= 0;
      double chance = Math.max(0.1, 2 / Math.sqrt(Math.max(1, n - k)));
      chance *= (k > n / 3.0 ? 2 : 1) * (common ? 0.7 : 1);
      boolean peak = r[k] > r[k - 1] && r[k] >= r[k + 1];
      if (peak && r[k] - lowest > (common ? 0.1 : 0.15) && r[k] > chance) {
        peaks[k] = r[k] + (common ? 0.03 : 0);
      }
    }
    return peaks;
  }

  private static int shortest(double[] peaks, double best) {
    int lag = 0;
    while (peaks[lag] < NEARLY * best) {
      lag++;
    }
    return lag;
  }

  /** Twice the lag where values are clearly more alike there. */
  private static int doubled(double[] peaks, int lag) {
    if (2 * lag >= peaks.length) {
      return lag;
    }
    int near = argmax(peaks, 2 * lag - 1, Math.min(peaks.length, 2 * lag + 2));
    return peaks[near] > peaks[lag] + 0.05 ? near : lag;
  }

  private int second(double[] rest, boolean[] observed, double[] r, int first) {
    int n = rest.length;
    if (2 * LEAST_SEASONS * first > n) {
      return 0;
    }
    int lags = r.length - 1;
    double[] differenced = changes(rest, observed, first, lags);
    int multiples = (int) Math.min(lags / first, n / LEAST_SEASONS / first);
    double best = Double.NEGATIVE_INFINITY;
    double[] gain = new double[multiples + 1];
    for (int k = 2; k <= multiples; k++) {
      int lag = k * first;
      gain[k] = differenced[lag] + (k == 7 ? 0.12 : 0) + 0.5 * Math.max(-0.5, r[lag] - r[first]);
      best = Math.max(best, gain[k]);
    }
    for (int k = 2; k <= multiples; k++) {
      if (gain[k] >= 0.85 * best) {
        double chance = Math.max(0.08, 2 / Math.sqrt(n - k * first));
        return differenced[k * first] > chance ? k * first : 0;
      }
    }
    return 0;
  }

  private static int argmax(double[] x, int from, int to) {
    int best = from;
    for (int k = from; k < to; k++) {
      best = x[k] > x[best] ? k : best;
    }
    return best;
  }

  private static double max(double[] x, int from, int to) {
    return x[argmax(x, from, to)];
  }
}

package io.longcast.anomaly.pattern;

import java.io.Serializable;

/**
 * The length of the pattern that a series repeats.
 *
 * @param rows of it, at least 4; of a series without one, the length looked at instead
 * @param isSeasonal whether the series shows one
 */
record Period(int rows, boolean isSeasonal) implements Serializable {
  private static final int ROWS = 20_000;
  private static final int SHORTEST = 8;
  private static final int LONGEST = 512;
  private static final int OTHERWISE = 100;
  private static final int PERIODS = 3;
  private static final int MIN_ROWS = 4;
  private static final double RISE = .1;
  private static final double LEAST = .2;
  private static final double NEARLY = .8;

  /**
   * Reads the period off the autocorrelation of the last {@value #ROWS} rows: the shortest lag that
   * reaches {@value #NEARLY} of the highest peak, of those that rise {@value #RISE} above what lies
   * before them.
   */
  static Period of(float[] values, int end) {
    int from = Math.max(0, end - ROWS);
    int count = end - from;
    int longest = Math.min(LONGEST, count / PERIODS);
    int otherwise = Math.max(SHORTEST, Math.min(OTHERWISE, count / SHORTEST));
    int lag = longest > SHORTEST + 2 ? peak(correlation(values, from, end, longest + 1)) : 0;
    int rows = lag > 0 ? lag : otherwise;
    return new Period(Math.max(MIN_ROWS, Math.min(rows, end / MIN_ROWS)), lag > 0);
  }

  private static double[] correlation(float[] values, int from, int end, int lags) {
    double mean = 0;
    for (int t = from; t < end; t++) {
      mean += values[t];
    }
    mean /= end - from;
    double[] centred = new double[end - from + lags + 1];
    for (int t = from; t < end; t++) {
      centred[t - from] = values[t] - mean;
    }
    double[] sums = new double[lags + 1];
    for (int t = 0; t < end - from; t++) {
      double value = centred[t];
      for (int lag = 0; lag <= lags; lag++) {
        sums[lag] += value * centred[t + lag];
      }
    }
    return sums;
  }

  /** The lag, 0 for none. */
  private static int peak(double[] sums) {
    double best = LEAST * sums[0];
    double lowest = sums[1];
    double[] rising = new double[sums.length];
    for (int lag = 2; lag < sums.length - 1; lag++) {
      lowest = Math.min(lowest, sums[lag - 1]);
      boolean isPeak = sums[lag] > sums[lag - 1] && sums[lag] >= sums[lag + 1];
      if (isPeak && lag >= SHORTEST && sums[lag] - lowest > RISE * sums[0]) {
        rising[lag] = sums[lag];
        best = Math.max(best, sums[lag]);
      }
    }
    for (int lag = SHORTEST; lag < rising.length && sums[0] > 0; lag++) {
      if (rising[lag] >= LEAST * sums[0] && rising[lag] >= NEARLY * best) {
        return lag;
      }
    }
    return 0;
  }
}

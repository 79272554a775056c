package io.longcast.model.defaults;

import io.longcast.series.SeriesValues;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Similarity of values some steps apart over a fleet, as a mergeable state of fixed size: for each
 * lag the mean squared difference over twice the variance (a variogram; one less the
 * autocorrelation where the level does not wander), a mean over series.
 *
 * <p>Merging is associative and commutative to the bit: values are added as whole millionths.
 */
public final class Autocorrelation implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Newest steps of a series that are looked at. */
  public static final int NEWEST = 4096;

  /** Longest lag looked at. */
  public static final int LONGEST = 2048;

  private static final double UNIT = 1e6;

  /** Minimum number of periods in a series for a season to be detected. */
  private static final int PERIODS = 4;

  /** How far a season's lag must stand out against the lags half a season away. */
  private static final double LEAST_DIP = .2;

  /** Of several lags that stand out nearly alike the shortest is the season. */
  private static final double NEARLY = .9;

  private final int every;
  private final long[] differences;
  private final long[] series;
  private final long[] pairs;

  /**
   * An empty state.
   *
   * @param every the lags are its multiples: 1 to search for a season, or a season that is known
   */
  public Autocorrelation(int every) {
    this.every = every;
    int lags = LONGEST / every;
    differences = new long[lags + 1];
    series = new long[lags + 1];
    pairs = new long[lags + 1];
  }

  /**
   * Adds a channel of a series.
   *
   * @param series oldest first
   * @param end steps that count, from the first
   * @param observed whether the value of a step was observed
   */
  public void add(SeriesValues series, int end, IntPredicate observed) {
    int from = Math.max(0, end - NEWEST);
    double[] values = new double[Math.max(0, end)];
    for (int t = from; t < end; t++) {
      values[t] = series.get(t);
    }
    double variance = variance(values, from, end, observed);
    if (!(variance > 0)) {
      return;
    }
    for (int k = 1; k < differences.length && k * every <= (end - from) / 2; k++) {
      add(k, values, from, end, observed, variance);
    }
  }

  private void add(
      int k, double[] values, int from, int end, IntPredicate observed, double variance) {
    int lag = k * every;
    double sum = 0;
    int n = 0;
    for (int t = from + lag; t < end; t++) {
      if (observed.test(t) && observed.test(t - lag)) {
        double d = values[t] - values[t - lag];
        sum += d * d;
        n++;
      }
    }
    if (n > 0) {
      differences[k] += Math.round(UNIT * sum / n / (2 * variance));
      series[k]++;
      pairs[k] += n;
    }
  }

  private static double variance(double[] values, int from, int end, IntPredicate observed) {
    double sum = 0;
    double squares = 0;
    int n = 0;
    for (int t = from; t < end; t++) {
      if (observed.test(t)) {
        double x = values[t] - values[from];
        sum += x;
        squares += x * x;
        n++;
      }
    }
    return n < 2 ? 0 : squares / n - (sum / n) * (sum / n);
  }

  /** Adds another state of the same lags to this one. */
  public Autocorrelation merge(Autocorrelation other) {
    for (int k = 0; k < differences.length; k++) {
      differences[k] += other.differences[k];
      series[k] += other.series[k];
      pairs[k] += other.pairs[k];
    }
    return this;
  }

  /** Mean difference at the {@code k}th lag, NaN where no series holds it. */
  private double difference(int k) {
    return k >= series.length || series[k] == 0 ? Double.NaN : differences[k] / UNIT / series[k];
  }

  /**
   * The season: the lag at which values differ least against those half a lag nearer and farther;
   * trends and random walks have none, because there differences grow evenly with the lag.
   *
   * @param longest no longer one
   * @return empty where no lag stands out by more than its sampling error
   */
  public Optional<Season> season(int longest) {
    double most = 0;
    for (int lag = 2; lag <= longest; lag++) {
      most = Math.max(most, standingOut(lag));
    }
    for (int lag = 2; most > 0 && lag <= longest; lag++) {
      if (standingOut(lag) >= NEARLY * most) {
        return Optional.of(peak(lag, longest));
      }
    }
    return Optional.empty();
  }

  /** The best of the lags around the first that nearly stands out enough. */
  private Season peak(int from, int longest) {
    int best = from;
    for (int lag = from; lag <= Math.min(longest, from + from / 4); lag++) {
      best = standingOut(lag) > standingOut(best) ? lag : best;
    }
    return new Season(best, dip(best));
  }

  /**
   * A season found.
   *
   * @param period in steps
   * @param strength share by which values a season apart differ less than those half a season
   *     nearer and farther, up to 1
   */
  public record Season(int period, double strength) implements Serializable {}

  /** The dip at a lag where it is more than chance, otherwise 0. */
  private double standingOut(int lag) {
    double dip = dip(lag);
    double chance = LEAST_DIP + 2 * Math.sqrt((double) lag / Math.max(1, pairs[lag]));
    return dip >= chance ? dip : 0;
  }

  private double dip(int lag) {
    int half = lag / 2;
    if (lag + half >= series.length || pairs[lag] < (long) (PERIODS - 1) * lag * series[lag]) {
      return 0;
    }
    double around = (difference(lag - half) + difference(lag + half)) / 2;
    double dip = 1 - difference(lag) / around;
    return Double.isNaN(dip) ? 0 : dip;
  }

  /**
   * The multiple of a season, from 2 to {@code most}, at which values differ least.
   *
   * @param season a multiple of the lags looked at
   * @return empty where no series holds any
   */
  public Optional<Integer> likestMultiple(int season, int most) {
    int best = 0;
    for (int multiple = 2; multiple <= most; multiple++) {
      double found = difference(multiple * season / every);
      if (found < (best == 0 ? Double.POSITIVE_INFINITY : difference(best * season / every))) {
        best = multiple;
      }
    }
    return best == 0 ? Optional.empty() : Optional.of(best);
  }
}

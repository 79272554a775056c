package io.longcast.model.zero.network;

import io.longcast.model.zero.season.Seasons;

/**
 * Writes what the network reads of a series: at the end of every step of 16 values, from values
 * before that end alone. Reusable, not thread-safe.
 *
 * <p>Values are standardized over the whole context by the caller, so that the floors below are
 * shares of its deviation.
 */
public final class FeatureWriter {
  private static final int LONG_WINDOW = 256;
  private static final double LEAST_SCALE = 0.02;
  private static final double CLAMP = 10;
  private static final double SCALAR_CLAMP = 6;
  private static final double CHANGE_CLAMP = 5;
  private static final double LEAST_WEIGHT = 0.3;
  private static final double MOST_WEIGHT = 6;
  private static final int FIRST_SEASONS = 4;
  private static final int SECOND_SEASONS = 3;

  private final RunningMoments moments;
  private final SeasonalChange step;
  private final SeasonalChange first;
  private final SeasonalChange second;

  private double[] x;
  private boolean[] observed;
  private int start;
  private ZeroBatch batch;

  /** For series of at most so many values. */
  public FeatureWriter(int maxLength) {
    moments = new RunningMoments(maxLength);
    step = new SeasonalChange(maxLength);
    first = new SeasonalChange(maxLength);
    second = new SeasonalChange(maxLength);
  }

  /** Holds the last value over gaps, in place; values before the first are 0. */
  public static void fill(double[] x, boolean[] observed) {
    double last = 0;
    for (int t = 0; t < x.length; t++) {
      last = observed[t] ? x[t] : last;
      x[t] = last;
    }
  }

  /**
   * Writes all steps of one series of the batch.
   *
   * @param x values without gaps, at least 16 for each step of the batch; what follows the last
   *     step is not read
   * @param i place of the series in the batch
   */
  public void write(double[] x, boolean[] observed, Seasons seasons, ZeroBatch into, int i) {
    this.x = x;
    this.observed = observed;
    batch = into;
    int length = into.steps() * ZeroShape.STEP;
    start = 0;
    while (start < length && !observed[start]) {
      start++;
    }
    moments.scan(x, observed, length);
    step.scan(x, observed, length, start, 1);
    first.scan(x, observed, length, start, seasons.first());
    second.scan(x, observed, length, start, seasons.second());
    for (int k = 0; k < into.steps(); k++) {
      write(k, into.row(k, i), k == 0 ? -1 : into.row(k - 1, i));
    }
  }

  private void write(int k, int row, int before) {
    int end = (k + 1) * ZeroShape.STEP;
    double level = moments.before(end, ZeroShape.BLOCK).mean();
    double newest = moments.deviation();
    double scale =
        Math.max(LEAST_SCALE, 0.5 * (newest + moments.before(end, LONG_WINDOW).deviation()));
    batch.level[row] = (float) level;
    batch.scale[row] = (float) scale;
    batch.last[row] = normalized(x[end - 1], level, scale);
    double typical = (first.isKnown(end) ? first : step).meanAbsolute(end);
    double weight = scale / Math.max(0.01, typical);
    batch.weight[row] = (float) Math.sqrt(Math.max(LEAST_WEIGHT, Math.min(MOST_WEIGHT, weight)));
    int at = row * ZeroShape.INPUTS;
    window(at, end, level, scale);
    lookup(first, FIRST_SEASONS, ZeroBatch.lookups(row), end, level, scale);
    lookup(second, SECOND_SEASONS, ZeroBatch.lookups(row) + 2 * ZeroShape.BLOCK, end, level, scale);
    statistics(ZeroBatch.scalars(row), end, level, scale, newest, before);
  }

  private static float normalized(double v, double level, double scale) {
    return (float) clamp((v - level) / scale, CLAMP);
  }

  private static double clamp(double v, double limit) {
    return Math.max(-limit, Math.min(limit, v));
  }

  private void window(int at, int end, double level, double scale) {
    for (int j = 0; j < ZeroShape.BLOCK; j++) {
      int t = end - ZeroShape.BLOCK + j;
      if (t >= 0 && observed[t]) {
        batch.inputs[at + j] = normalized(x[t], level, scale);
        batch.inputs[at + ZeroShape.BLOCK + j] = 1;
      }
    }
  }

  /** The next 48 values as one season ago, and as the mean of several; else the last value. */
  private void lookup(
      SeasonalChange season, int seasons, int at, int end, double level, double scale) {
    boolean known = season.isKnown(end);
    int lag = Math.max(1, season.lag());
    double last = x[end - 1];
    int back = 0;
    for (int h = 0; h < ZeroShape.BLOCK; h++) {
      back = h % lag == 0 ? back + lag : back;
      int t = end + h - back;
      double sum = 0;
      int count = 0;
      for (int s = 0; s < seasons && known && t - s * lag >= start; s++) {
        sum += x[t - s * lag];
        count++;
      }
      double newest = count > 0 ? x[t] : last;
      double mean = count > 0 ? sum / count : last;
      batch.inputs[at + h] = normalized(newest, level, scale);
      batch.inputs[at + ZeroShape.BLOCK + h] = normalized(mean, level, scale);
    }
  }

  private void statistics(int at, int end, double level, double scale, double newest, int before) {
    RunningMoments all = moments.before(end, end);
    double[] s = new double[ZeroShape.SCALARS];
    if (before >= 0) {
      s[0] = clamp((level - batch.level[before]) / scale, CHANGE_CLAMP);
      s[1] = clamp(log(scale) - log(batch.scale[before]), 3);
    }
    s[2] = log(newest / scale);
    s[3] = log(step.meanAbsolute(end) / scale);
    s[4] = log(first.isKnown(end) ? first.meanAbsolute(end) / scale : 1);
    s[5] = log(second.isKnown(end) ? second.meanAbsolute(end) / scale : 1);
    s[6] = first.isKnown(end) ? 1 : 0;
    s[7] = second.isKnown(end) ? 1 : 0;
    s[8] = clamp(first.newest(end) / scale, CHANGE_CLAMP);
    s[9] = clamp(second.newest(end) / scale, CHANGE_CLAMP);
    s[10] = Math.log1p(Math.max(1, all.count())) / 6;
    s[11] = log(Math.max(1, first.lag())) / 5;
    s[12] = log(Math.max(1, second.lag())) / 6;
    s[13] = clamp((all.mean() - level) / scale, CHANGE_CLAMP);
    s[14] = log(Math.max(LEAST_SCALE, all.deviation()) / scale);
    s[15] = s[6] * Math.log1p((double) first.count(end) / Math.max(1, first.lag()));
    s[16] = s[7] * Math.log1p((double) second.count(end) / Math.max(1, second.lag()));
    for (int j = 0; j < s.length; j++) {
      batch.inputs[at + j] = (float) clamp(s[j], SCALAR_CLAMP);
    }
  }

  private static double log(double v) {
    return Math.log(Math.max(1e-4, v));
  }
}

package io.longcast.model.zero;

import io.longcast.model.zero.network.ZeroShape;
import io.longcast.model.zero.season.SeasonDetector;
import io.longcast.model.zero.season.Seasons;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** One series on its way to a forecast, in standardized units. */
public final class ZeroTask {
  private static final double LEAST_SHARE = 1e-9;

  final double[] quantiles;
  private final double mean;
  private final double deviation;

  /** All observed values are equal: the forecast is that value. */
  private final boolean constant;

  private final boolean nonNegative;
  private final List<Seasons> seasons;
  private double[] x;
  private boolean[] observed;
  private int done;

  /**
   * @param values oldest first
   * @param observed which values were observed; others are ignored
   * @param seasons to forecast with
   */
  ZeroTask(double[] values, boolean[] observed, int horizon, List<Seasons> seasons) {
    this.seasons = seasons;
    this.observed = observed.clone();
    quantiles = new double[blocks(horizon) * ZeroShape.BLOCK * ZeroShape.LEVEL_COUNT];
    int from = Math.max(0, values.length - ZeroShape.CONTEXT);
    double least = Double.POSITIVE_INFINITY;
    double sum = 0;
    int count = 0;
    for (int t = from; t < values.length; t++) {
      if (observed[t]) {
        sum += values[t];
        least = Math.min(least, values[t]);
        count++;
      }
    }
    double average = sum / Math.max(1, count);
    double squares = 0;
    for (int t = from; t < values.length; t++) {
      squares += observed[t] ? (values[t] - average) * (values[t] - average) : 0;
    }
    double found = Math.sqrt(squares / Math.max(1, count));
    constant = found <= LEAST_SHARE * Math.abs(average);
    mean = constant && count > 0 ? least : average;
    deviation = constant ? 1 : found;
    nonNegative = least >= 0;
    x = new double[values.length];
    for (int t = 0; t < x.length; t++) {
      x[t] = observed[t] ? (values[t] - mean) / deviation : 0;
    }
  }

  /**
   * The task of a window.
   *
   * @param seasons gives the seasons to forecast with of those found
   */
  public static ZeroTask of(
      WindowBatch windows,
      int i,
      int horizon,
      SeasonDetector detector,
      Function<Seasons, List<Seasons>> seasons) {
    int length = windows.contextLength();
    int from = i * length + Math.min(windows.padding(i), length - 1);
    double[] values = new double[(i + 1) * length - from];
    boolean[] observed = new boolean[values.length];
    for (int t = 0; t < values.length; t++) {
      values[t] = windows.offset(i) + windows.context()[from + t];
      observed[t] = windows.contextObserved()[from + t] > 0;
    }
    Seasons found = detector.detect(values, observed);
    return new ZeroTask(values, observed, horizon, seasons.apply(found));
  }

  static int blocks(int horizon) {
    return (horizon + ZeroShape.BLOCK - 1) / ZeroShape.BLOCK;
  }

  /** The seasons to forecast with. */
  public List<Seasons> seasons() {
    return seasons;
  }

  /** Steps of 16 values that its context takes. */
  int steps() {
    int length = Math.min(x.length, ZeroShape.CONTEXT);
    return Math.max(1, (length + ZeroShape.STEP - 1) / ZeroShape.STEP);
  }

  /** Copies the newest values to the end of an array of whole steps. */
  public void context(double sign, double[] values, boolean[] known) {
    int length = Math.min(x.length, values.length);
    int pad = values.length - length;
    Arrays.fill(values, 0, pad, 0);
    Arrays.fill(known, 0, pad, false);
    for (int t = 0; t < length; t++) {
      values[pad + t] = sign * x[x.length - length + t];
      known[pad + t] = observed[x.length - length + t];
    }
  }

  /** Where the quantiles of the present block begin. */
  int at() {
    return done * ZeroShape.BLOCK * ZeroShape.LEVEL_COUNT;
  }

  /** Goes on to the next block, with the medians of this one as values. */
  void advance() {
    int length = x.length;
    x = Arrays.copyOf(x, length + ZeroShape.BLOCK);
    observed = Arrays.copyOf(observed, x.length);
    for (int h = 0; h < ZeroShape.BLOCK; h++) {
      x[length + h] = quantiles[at() + h * ZeroShape.LEVEL_COUNT + ZeroShape.MEDIAN];
      observed[length + h] = true;
    }
    done++;
  }

  /** A value in standardized units. */
  public double standardized(double raw) {
    return (raw - mean) / deviation;
  }

  /** A standardized value in the units of the series; not below 0 where no value was. */
  double raw(double z) {
    double value = constant ? mean : mean + deviation * z;
    return nonNegative ? Math.max(0, value) : value;
  }
}

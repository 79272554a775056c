package io.longcast.scale;

import io.longcast.series.Scalars;
import java.util.Arrays;

/**
 * Fits a {@link Scale} to the context of one window, from its observed values alone; where none was
 * observed all count, as they are filled. Allocates nothing after construction.
 *
 * <p>Equivariant: a window in other units, and without a transform also with another zero, has the
 * same {@code z}. What keeps a spread from zero is a share of the window's own deviation, and
 * beneath that the rounding of its values.
 *
 * <p>Not thread-safe: one per task.
 */
public final class WindowScaler {
  private static final double LOG_FLOOR = 5e-3;
  private static final double DEVIATION_SHARE = 1e-2;
  private static final double ROUNDING = 1e-6;
  private static final double TINY = 1e-30;
  private static final double STATISTIC_FLOOR = 1e-3;
  private static final double LOG_CHANGE_FLOOR = 5e-2;
  private static final double CHANGE_FLOOR = 1e-1;
  private static final double MAD_TO_DEVIATION = 1.4826;

  private final ScalingSpec spec;
  private final int season;
  private final int length;
  private final double[] u;
  private final double[] sorted;
  private final double[] distance;
  private final boolean[] counts;

  /**
   * @param spec how to scale, its transform chosen
   * @param season steps of one season, at least 1
   * @param contextLength steps of a window's context, at least 1
   */
  public WindowScaler(ScalingSpec spec, int season, int contextLength) {
    this.spec = spec;
    this.season = Math.min(season, contextLength);
    length = contextLength;
    u = new double[length];
    sorted = new double[length];
    distance = new double[length];
    counts = new boolean[length];
  }

  /**
   * Fits a scale and writes the context in network units.
   *
   * @param context raw values, oldest first, no NaN
   * @param observed 1 where a value was observed, same positions
   * @param at position of the window in all three arrays
   * @param scale overwritten
   * @param to the clamped context
   */
  public void fit(float[] context, float[] observed, int at, Scale scale, float[] to) {
    markObserved(observed, at);
    transform(context, at, scale);
    measure(scale);
    scale.value = context[at + newestObserved()];
    double rate = 1 / scale.spread;
    float bound = (float) spec.clamp();
    for (int j = 0; j < length; j++) {
      float z = (float) ((u[j] - scale.level) * rate);
      to[at + j] = Math.max(-bound, Math.min(bound, z));
    }
  }

  private void markObserved(float[] observed, int from) {
    boolean any = false;
    for (int j = 0; j < length; j++) {
      counts[j] = observed[from + j] != 0;
      any |= counts[j];
    }
    if (!any) {
      Arrays.fill(counts, true);
    }
  }

  private int newestObserved() {
    int j = length - 1;
    while (!counts[j]) {
      j--;
    }
    return j;
  }

  private void transform(float[] context, int from, Scale scale) {
    scale.transform = Transform.NONE;
    if (spec.transform() == Transform.LOG && least(context, from) >= Float.MIN_NORMAL) {
      scale.transform = Transform.LOG;
    } else if (spec.transform() == Transform.ASINH) {
      double size = size(context, from);
      scale.transform = size > TINY ? Transform.ASINH : Transform.NONE;
      scale.unit = size;
    }
    for (int j = 0; j < length; j++) {
      u[j] = scale.transformed(context[from + j]);
    }
  }

  private float least(float[] context, int from) {
    float least = Float.MAX_VALUE;
    for (int j = 0; j < length; j++) {
      least = Math.min(least, context[from + j]);
    }
    return least;
  }

  private double size(float[] context, int from) {
    double sum = 0;
    int n = 0;
    for (int j = 0; j < length; j++) {
      sum += counts[j] ? Math.abs(context[from + j]) : 0;
      n += counts[j] ? 1 : 0;
    }
    return sum / n;
  }

  private void measure(Scale scale) {
    double n = 0;
    double sum = 0;
    double magnitude = 0;
    for (int j = 0; j < length; j++) {
      if (counts[j]) {
        n++;
        sum += u[j];
        magnitude += Math.abs(u[j]);
      }
    }
    double mean = sum / n;
    double size = magnitude / n;
    double deviation = deviation(0, mean, n);
    double change = seasonalDifference();
    boolean unitless = scale.transform != Transform.NONE;
    scale.level = level(mean);
    scale.constant = deviation <= ROUNDING * size && spec.spread().isOfChange();
    scale.spread = spread(deviation, change, size, unitless);
    scale.relativeSpread = 0.5 * (unitless ? Scalars.log(scale.spread) : lately(deviation, size));
    double floor = unitless ? LOG_CHANGE_FLOOR : CHANGE_FLOOR * scale.spread;
    scale.changes = scale.spread / (change + floor);
    double share = change / (deviation + ROUNDING * size + TINY);
    scale.seasonality = 0.5 * Scalars.log(share + STATISTIC_FLOOR);
  }

  /** Standard deviation from step {@code from} on; 0 for a single value. */
  private double deviation(int from, double mean, double n) {
    double squares = 0;
    for (int j = from; j < length; j++) {
      double d = counts[j] ? u[j] - mean : 0;
      squares += d * d;
    }
    return n > 1 ? Math.sqrt(squares / (n - 1)) : 0;
  }

  /** Logarithm of the last season's deviation over the whole context's. */
  private double lately(double deviation, double size) {
    int from = length - season;
    double n = 0;
    double sum = 0;
    for (int j = from; j < length; j++) {
      n += counts[j] ? 1 : 0;
      sum += counts[j] ? u[j] : 0;
    }
    double last = n == 0 ? 0 : deviation(from, sum / n, n);
    return Scalars.log(last / (deviation + ROUNDING * size + TINY) + STATISTIC_FLOOR);
  }

  private double seasonalDifference() {
    double sum = 0;
    int n = 0;
    for (int j = season; j < length; j++) {
      if (counts[j] && counts[j - season]) {
        sum += Math.abs(u[j] - u[j - season]);
        n++;
      }
    }
    return n == 0 ? 0 : sum / n;
  }

  private double level(double mean) {
    return switch (spec.level()) {
      case LAST_SEASON -> lastMean(season);
      case LAST_VALUE -> lastMean(1);
      case MEAN -> mean;
      case MEDIAN -> median(u);
      case ZERO -> 0;
    };
  }

  /** Mean of the observed among the newest steps; of the newest observed one if none is. */
  private double lastMean(int steps) {
    double sum = 0;
    int n = 0;
    for (int j = length - 1; j >= 0; j--) {
      if (counts[j] && (j >= length - steps || n == 0)) {
        sum += u[j];
        n++;
      }
      if (j <= length - steps && n > 0) {
        break;
      }
    }
    return sum / n;
  }

  private double spread(double deviation, double change, double size, boolean unitless) {
    double floor = unitless ? LOG_FLOOR : ROUNDING * size;
    double share = unitless ? 10 * LOG_FLOOR : DEVIATION_SHARE * deviation + floor;
    return switch (spec.spread()) {
      case DEVIATION -> Math.max(TINY, deviation + floor);
      case MEDIAN_DEVIATION -> Math.max(TINY, medianDeviation() + share);
      case SEASONAL_DIFFERENCE -> Math.max(TINY, change + share);
      case MEAN_ABSOLUTE -> size > TINY ? size : 1;
      case ONE -> 1;
    };
  }

  private double medianDeviation() {
    double centre = median(u);
    for (int j = 0; j < length; j++) {
      distance[j] = Math.abs(u[j] - centre);
    }
    return MAD_TO_DEVIATION * median(distance);
  }

  private double median(double[] values) {
    int n = 0;
    for (int j = 0; j < length; j++) {
      if (counts[j]) {
        sorted[n++] = values[j];
      }
    }
    Arrays.sort(sorted, 0, n);
    return 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
  }
}

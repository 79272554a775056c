package io.longcast.scale;

import io.longcast.series.Scalars;
import java.util.Arrays;

/**
 * Fits a {@link Scale} to the context of one window, from its observed values alone; where none was
 * observed all count, as they are filled. Allocates nothing after construction.
 *
 * <p>Equivariant: a window in other units, and without a transform also with another zero, has the
 * same {@code z}. What keeps a spread from zero is a share of the window's own deviation, and and
 * at least the rounding of its values.
 *
 * <p>Not thread-safe: one per task.
 */
public final class WindowScaler {
  /** Least spread of a window of logarithms. */
  public static final double LOG_FLOOR = 5e-3;

  /** Share of the deviation below which no other spread falls. */
  public static final double DEVIATION_SHARE = 1e-2;

  /** Share of the size of the values that is taken for their rounding. */
  public static final double ROUNDING = 1e-6;

  /** Keeps a spread from zero. */
  public static final double TINY = 1e-30;

  /** Added to shares before their logarithm is taken. */
  public static final double STATISTIC_FLOOR = 1e-3;

  private static final double LOG_CHANGE_FLOOR = 5e-2;
  private static final double CHANGE_FLOOR = 1e-1;

  /** Standard deviation of a normal distribution over its median absolute deviation. */
  public static final double MAD_TO_DEVIATION = 1.4826;

  private final ScalingSpec spec;
  private final int season;
  private final int length;
  private final float[] ones;
  private final boolean[] counts;

  /** All values, transformed. */
  private final double[] u;

  /** The first {@code n}: those of {@code u} that count, oldest first. */
  private final double[] counted;

  private int n;

  /** How many of {@code counted} come before the last season. */
  private int before;

  /** Scratch values: the sums, the values for a median, the context before rounding. */
  private final double[] terms;

  /**
   * @param spec how to scale, its transform chosen
   * @param season steps of one season, at least 1
   * @param contextLength steps of a window's context, at least 1
   */
  public WindowScaler(ScalingSpec spec, int season, int contextLength) {
    this.spec = spec;
    this.season = Math.min(season, contextLength);
    length = contextLength;
    ones = new float[length];
    Arrays.fill(ones, 1);
    counts = new boolean[length];
    u = new double[length];
    counted = new double[length];
    terms = new double[length];
  }

  /**
   * Fits a scale and writes the context in network units.
   *
   * @param context raw values, oldest first, no NaN
   * @param observed 1 where a value was observed, same positions
   * @param at position of the window in all three arrays
   * @param scale overwritten
   * @param to the clamped context
   * @return whether all of it was observed
   */
  public boolean fit(float[] context, float[] observed, int at, Scale scale, float[] to) {
    boolean complete = markObserved(observed, at);
    transform(context, at, scale);
    gather();
    measure(scale);
    scale.value = context[at + newestObserved()];
    double rate = 1 / scale.spread;
    double level = scale.level;
    double bound = (float) spec.clamp();
    for (int j = 0; j < length; j++) {
      terms[j] = Math.max(-bound, Math.min(bound, (u[j] - level) * rate));
    }
    for (int j = 0; j < length; j++) {
      to[at + j] = (float) terms[j];
    }
    return complete;
  }

  private boolean markObserved(float[] observed, int from) {
    boolean complete = Arrays.equals(observed, from, from + length, ones, 0, length);
    n = 0;
    for (int j = 0; j < length && !complete; j++) {
      counts[j] = observed[from + j] != 0;
      n += counts[j] ? 1 : 0;
    }
    if (n == 0) {
      Arrays.fill(counts, true);
      n = length;
    }
    return complete;
  }

  private void gather() {
    if (n == length) {
      System.arraycopy(u, 0, counted, 0, n);
      before = length - season;
      return;
    }
    int k = 0;
    for (int j = 0; j < length; j++) {
      before = j == length - season ? k : before;
      if (counts[j]) {
        counted[k++] = u[j];
      }
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
    scale.transform(context, from, u);
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
    for (int j = 0; j < length; j++) {
      sum += counts[j] ? Math.abs(context[from + j]) : 0;
    }
    return sum / n;
  }

  private void measure(Scale scale) {
    double size = magnitude() / n;
    double mean = sum(counted, 0, n) / n;
    double deviation = deviation(0, mean);
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

  /** Logarithm of the last season's deviation over the whole context's. */
  private double lately(double deviation, double size) {
    double last = n == before ? 0 : deviation(before, sum(counted, before, n) / (n - before));
    return Scalars.log(last / (deviation + ROUNDING * size + TINY) + STATISTIC_FLOOR);
  }

  private double magnitude() {
    for (int k = 0; k < n; k++) {
      terms[k] = Math.abs(counted[k]);
    }
    return sum(terms, 0, n);
  }

  /** Standard deviation of the counted values from {@code from} on; 0 for a single value. */
  private double deviation(int from, double mean) {
    for (int k = from; k < n; k++) {
      double d = counted[k] - mean;
      terms[k] = d * d;
    }
    int freedom = n - from - 1;
    return freedom > 0 ? Math.sqrt(sum(terms, from, n) / freedom) : 0;
  }

  /** Mean absolute difference to the value a season before, where both count. */
  private double seasonalDifference() {
    int pairs = n == length ? allDifferences() : observedDifferences();
    return pairs == 0 ? 0 : sum(terms, 0, pairs) / pairs;
  }

  private int allDifferences() {
    int pairs = length - season;
    for (int k = 0; k < pairs; k++) {
      terms[k] = Math.abs(u[season + k] - u[k]);
    }
    return pairs;
  }

  private int observedDifferences() {
    int pairs = 0;
    for (int j = season; j < length; j++) {
      if (counts[j] && counts[j - season]) {
        terms[pairs++] = Math.abs(u[j] - u[j - season]);
      }
    }
    return pairs;
  }

  /** In four lanes, so that no addition waits for the one before it. */
  private static double sum(double[] x, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int k = from;
    for (; k < to - 3; k += 4) {
      a += x[k];
      b += x[k + 1];
      c += x[k + 2];
      d += x[k + 3];
    }
    for (; k < to; k++) {
      a += x[k];
    }
    return a + b + (c + d);
  }

  private double level(double mean) {
    return switch (spec.level()) {
      case LAST_SEASON -> lastMean(season);
      case LAST_VALUE -> lastMean(1);
      case MEAN -> mean;
      case MEDIAN -> median();
      case ZERO -> 0;
    };
  }

  /** Mean of the observed among the newest steps; of the newest observed one if none is. */
  private double lastMean(int steps) {
    double sum = 0;
    int found = 0;
    for (int j = length - 1; j >= 0; j--) {
      if (counts[j] && (j >= length - steps || found == 0)) {
        sum += u[j];
        found++;
      }
      if (j <= length - steps && found > 0) {
        break;
      }
    }
    return sum / found;
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
    double centre = median();
    for (int k = 0; k < n; k++) {
      terms[k] = Math.abs(counted[k] - centre);
    }
    return MAD_TO_DEVIATION * middleTerm();
  }

  private double median() {
    System.arraycopy(counted, 0, terms, 0, n);
    return middleTerm();
  }

  private double middleTerm() {
    Arrays.sort(terms, 0, n);
    return 0.5 * (terms[(n - 1) / 2] + terms[n / 2]);
  }
}

package io.longcast.scale;

import java.util.Arrays;

/**
 * Fits a {@link Scale} to the context of one window. Only observed values count; where none was
 * observed all count, as they are filled. Allocates nothing after the first window of a length.
 *
 * <p>Floors depend on no unit: multiplying a series by a constant multiplies its scale by it.
 *
 * <p>Not thread-safe: one per task.
 */
public final class WindowScaler {
  private static final double MAD_TO_STD = 1.4826;

  private final ScaleSpec spec;
  private final int seasonalPeriod;
  private float[] raw = new float[0];
  private double[] values = new double[0];
  private double[] sorted = new double[0];
  private int count;

  /**
   * @param spec how to scale
   * @param seasonalPeriod steps a season, at least 1
   */
  public WindowScaler(ScaleSpec spec, int seasonalPeriod) {
    if (seasonalPeriod < 1) {
      throw new IllegalArgumentException("seasonalPeriod must be >= 1, found " + seasonalPeriod);
    }
    this.spec = spec;
    this.seasonalPeriod = seasonalPeriod;
  }

  /**
   * Fits a scale to {@code length} values.
   *
   * @param x raw values, oldest first, no NaN
   * @param observed 1 where a value was observed, same positions; null: all observed
   * @param at first position
   * @param length values, at least 1
   * @param scale overwritten
   */
  public void fit(float[] x, float[] observed, int at, int length, Scale scale) {
    collect(x, observed, at, length);
    double meanAbs = transform(scale);
    double center = center();
    double spread = spread();
    double unit = spec.transform() == Transform.IDENTITY || !dimensionless(scale) ? meanAbs : 1;
    double floored = spec.spread() == Spread.ONE ? 1 : positiveOr(spread + spec.floor() * unit, 1);
    scale.affine(center, floored);
  }

  private boolean dimensionless(Scale scale) {
    return scale.isLog() || spec.transform() == Transform.ASINH;
  }

  private static double positiveOr(double value, double otherwise) {
    return value > 0 ? value : otherwise;
  }

  /** Gathers the values that count, in order. */
  private void collect(float[] x, float[] observed, int at, int length) {
    if (raw.length < length) {
      raw = new float[length];
      values = new double[length];
      sorted = new double[length];
    }
    count = 0;
    for (int i = 0; i < length; i++) {
      if (observed == null || observed[at + i] != 0) {
        raw[count++] = x[at + i];
      }
    }
    if (count == 0) {
      System.arraycopy(x, at, raw, 0, length);
      count = length;
    }
  }

  /** Decides and applies the transform; returns the mean absolute raw value. */
  private double transform(Scale scale) {
    double sum = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      sum += Math.abs(raw[i]);
      least = Math.min(least, raw[i]);
    }
    double meanAbs = sum / count;
    switch (spec.transform()) {
      case IDENTITY -> scale.transform(Scale.Kind.IDENTITY, 1);
      case ASINH -> scale.transform(Scale.Kind.ASINH, positiveOr(meanAbs, 1));
      case LOG_IF_POSITIVE ->
          scale.transform(least > 0 ? Scale.Kind.LOG : Scale.Kind.IDENTITY, least);
    }
    for (int i = 0; i < count; i++) {
      values[i] = scale.transformed(raw[i]);
    }
    return meanAbs;
  }

  private double center() {
    return switch (spec.center()) {
      case SEASON_MEAN -> mean(Math.max(0, count - seasonalPeriod));
      case MEAN -> mean(0);
      case MEDIAN -> median(values);
      case LAST -> values[count - 1];
      case ZERO -> 0;
    };
  }

  private double spread() {
    return switch (spec.spread()) {
      case STD -> std(0);
      case SEASON_STD -> std(seasonalPeriod == 1 ? 0 : Math.max(0, count - seasonalPeriod));
      case MAD -> mad();
      case MEAN_ABS -> meanAbs();
      case ONE -> 1;
    };
  }

  private double mean(int from) {
    double sum = 0;
    for (int i = from; i < count; i++) {
      sum += values[i];
    }
    return sum / (count - from);
  }

  private double std(int from) {
    double mean = mean(from);
    double sum = 0;
    for (int i = from; i < count; i++) {
      sum += (values[i] - mean) * (values[i] - mean);
    }
    return Math.sqrt(sum / (count - from));
  }

  private double meanAbs() {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.abs(values[i]);
    }
    return sum / count;
  }

  private double mad() {
    double median = median(values);
    for (int i = 0; i < count; i++) {
      sorted[i] = Math.abs(values[i] - median);
    }
    return MAD_TO_STD * median(sorted);
  }

  private double median(double[] of) {
    System.arraycopy(of, 0, sorted, 0, count);
    Arrays.sort(sorted, 0, count);
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
  }
}

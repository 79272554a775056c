package io.longcast.scale;

import io.longcast.series.Scalars;

/**
 * The scale of one window: raw values to network units and back. Reusable: {@link WindowScaler#fit}
 * overwrites it.
 */
public final class Scale {
  /** How far from the window's level a target counts, in spreads. */
  private static final double FARTHEST = 100;

  /**
   * Whether and how values are transformed; a window may not need the transformation of its spec.
   */
  Transform transform = Transform.NONE;

  /** What asinh divides by. */
  double unit = 1;

  double level;
  double spread = 1;
  boolean constant;

  /** The value of a window that never changes. */
  float value;

  double changes = 1;
  double relativeSpread;
  double seasonality;

  /** What is subtracted, after the transform. */
  public double level() {
    return level;
  }

  /** What is divided by, after the transform; above 0. */
  public double spread() {
    return spread;
  }

  /** Whether the window is constant, so that its spread is no estimate of future spread. */
  public boolean isConstant() {
    return constant;
  }

  /**
   * How many mean seasonal differences make one spread, at most ten, or with a transform twenty
   * times the spread: an error of one spread is as bad as an error of so many differences.
   */
  public float changes() {
    return (float) changes;
  }

  /** First statistic: half the logarithm of the spread, against what no unit touches. */
  public float relativeSpread() {
    return (float) relativeSpread;
  }

  /** Second statistic: half the logarithm of the seasonal difference over the deviation. */
  public float seasonality() {
    return (float) seasonality;
  }

  /** Transforms {@code into.length} raw values from position {@code at} on. */
  void transform(float[] raw, int at, double[] into) {
    if (transform == Transform.LOG) {
      for (int j = 0; j < into.length; j++) {
        into[j] = Scalars.log(Math.max(raw[at + j], Float.MIN_NORMAL));
      }
      return;
    }
    for (int j = 0; j < into.length; j++) {
      into[j] = transformed(raw[at + j]);
    }
  }

  double transformed(double x) {
    return switch (transform) {
      case LOG -> Scalars.log(Math.max(x, Float.MIN_NORMAL));
      case ASINH -> asinh(x / unit);
      default -> x;
    };
  }

  /** A raw value in network units, cut to plus or minus 100 spreads. */
  public float scaled(float x) {
    double z = (transformed(x) - level) / spread;
    return (float) Math.max(-FARTHEST, Math.min(FARTHEST, z));
  }

  /**
   * A network value in raw units; never infinite for a finite value. A window that never changes is
   * repeated, whatever the network's output is, because the window defines no unit.
   */
  public float raw(double z) {
    if (constant) {
      return value;
    }
    double u = level + spread * z;
    double x =
        switch (transform) {
          case LOG -> Scalars.exp(u);
          case ASINH -> sinh(u) * unit;
          default -> u;
        };
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, x));
  }

  private static double asinh(double x) {
    double a = Math.abs(x);
    return Math.copySign(Scalars.log(a + Math.sqrt(a * a + 1)), x);
  }

  private static double sinh(double u) {
    double e = Scalars.exp(u);
    return 0.5 * (e - 1 / e);
  }
}

package io.longcast.scale;

/**
 * A fitted scale of one window or series: maps raw values to network values and back. Reusable:
 * {@link WindowScaler#fit} overwrites it. Arrays may be the same array for an operation in place.
 */
public final class Scale {
  /** Values at or below 0 in a logarithmic window count as this share of its smallest value. */
  private static final double BELOW_LEAST = 1e-3;

  private Kind kind = Kind.IDENTITY;
  private double center;
  private double spread = 1;
  private double unit = 1;

  /** The transform as decided for one window. */
  enum Kind {
    IDENTITY,
    LOG,
    ASINH
  }

  /** Sets the transform; {@code unit}: of asinh, or the smallest value of a logarithmic window. */
  void transform(Kind kind, double unit) {
    this.kind = kind;
    this.unit = unit;
  }

  /** Sets what is subtracted and divided by, in transformed values. */
  void affine(double center, double spread) {
    this.center = center;
    this.spread = spread;
  }

  /** What is subtracted, after the transform. */
  public double center() {
    return center;
  }

  /** What is divided by, after the transform; above 0. */
  public double spread() {
    return spread;
  }

  /** Whether values are taken as logarithms. */
  public boolean isLog() {
    return kind == Kind.LOG;
  }

  /** A raw value after the transform, before centring. */
  double transformed(double x) {
    return switch (kind) {
      case IDENTITY -> x;
      case LOG -> Math.log(Math.max(x, unit * BELOW_LEAST));
      case ASINH -> asinh(x / unit);
    };
  }

  /** A raw value in network units. */
  public float scale(float x) {
    return (float) ((transformed(x) - center) / spread);
  }

  /** A network value in raw units; never infinite for a finite value. */
  public float unscale(float z) {
    double u = z * spread + center;
    double x =
        switch (kind) {
          case IDENTITY -> u;
          case LOG -> Math.exp(u);
          case ASINH -> Math.sinh(u) * unit;
        };
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, x));
  }

  /** Scales {@code count} raw values. */
  public void scale(float[] from, int fromAt, int count, float[] to, int toAt) {
    if (kind != Kind.IDENTITY) {
      for (int i = 0; i < count; i++) {
        to[toAt + i] = scale(from[fromAt + i]);
      }
      return;
    }
    double inverse = 1 / spread;
    for (int i = 0; i < count; i++) {
      to[toAt + i] = (float) ((from[fromAt + i] - center) * inverse);
    }
  }

  /** Brings {@code count} network values back to raw units. */
  public void unscale(float[] from, int fromAt, int count, float[] to, int toAt) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = unscale(from[fromAt + i]);
    }
  }

  private static double asinh(double x) {
    double a = Math.abs(x);
    return Math.copySign(Math.log1p(a + a * a / (1 + Math.hypot(1, a))), x);
  }
}

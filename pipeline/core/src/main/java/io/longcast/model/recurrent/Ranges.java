package io.longcast.model.recurrent;

/** Loops over ranges that the JIT vectorizes by itself; the same bits on every back end. */
public final class Ranges {

  private Ranges() {}

  /** {@code to += factor * from}. */
  public static void addScaled(
      float factor, float[] from, int fromAt, float[] to, int toAt, int length) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] += factor * from[fromAt + i];
    }
  }

  /** {@code x *= factor}. */
  public static void scale(float factor, float[] x, int at, int length) {
    for (int i = at; i < at + length; i++) {
      x[i] *= factor;
    }
  }

  /** Sum of squares in double: four sums over every fourth value, then their sum. */
  public static double sumOfSquares(float[] x, int at, int length) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int end = at + length;
    int i = at;
    for (; i + 4 <= end; i += 4) {
      a += (double) x[i] * x[i];
      b += (double) x[i + 1] * x[i + 1];
      c += (double) x[i + 2] * x[i + 2];
      d += (double) x[i + 3] * x[i + 3];
    }
    for (; i < end; i++) {
      a += (double) x[i] * x[i];
    }
    return (a + b) + (c + d);
  }
}

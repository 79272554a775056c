package io.longcast.series;

/** How a stretch of {@link SeriesValues} is held: one of four forms, and whether it is fine. */
final class ValueStretch {
  /** Floats, each for the values that round to it. */
  static final byte FLOATS = 0;

  /** Floats, each for the shortest decimal that rounds to it. */
  static final byte DECIMALS = 1;

  /** Doubles. */
  static final byte DOUBLES = 2;

  /** One double for all steps. */
  static final byte CONSTANT = 3;

  /** The bits of a kind that say its form. */
  static final int FORM = 3;

  /** The bit of a kind that says that floats would hide how the series changes here. */
  static final byte FINE = 4;

  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private ValueStretch() {}

  static boolean isNarrow(byte kind) {
    return (kind & FORM) <= DECIMALS;
  }

  /** Numbers that hold so many steps. */
  static int size(byte kind, int steps) {
    return (kind & FORM) == CONSTANT ? 1 : steps;
  }

  /** The shortest decimal of at most nine digits after the point that rounds to a float. */
  static double decimal(float value) {
    for (double power : POWERS) {
      double decimal = Math.rint(value * power) / power;
      if ((float) decimal == value) {
        return decimal;
      }
    }
    return value;
  }
}

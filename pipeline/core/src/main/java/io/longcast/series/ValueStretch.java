package io.longcast.series;

/**
 * How a stretch of {@link SeriesValues} is held: one of four forms, and bits that say how it is
 * used.
 */
final class ValueStretch {
  /** Floats, each of the shortest decimal that rounds to it; taken as the floats they are. */
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

  /** The bit of a kind of doubles that are taken as floats, as those of {@link #FLOATS} are. */
  static final byte ROUNDED = 8;

  /** The bit of a kind of floats that were read as the floats they are, not as decimals. */
  static final byte BINARY = 16;

  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  /** Twice what a number may be off that rounds to a float, relative to it: saves divisions. */
  private static final double ROUNDING = 0x1p-23;

  private ValueStretch() {}

  static boolean isNarrow(byte kind) {
    return (kind & FORM) <= DECIMALS;
  }

  /** Whether values are taken as floats, whatever was read. */
  static boolean isRounded(byte kind) {
    return (kind & FORM) == FLOATS || (kind & ROUNDED) != 0;
  }

  /** {@link #FLOATS} where values are taken as floats, else {@link #DOUBLES}; and what is fine. */
  static byte use(byte kind) {
    return (byte) ((isRounded(kind) ? FLOATS : DOUBLES) | kind & FINE);
  }

  /** Numbers that hold so many steps. */
  static int size(byte kind, int steps) {
    return (kind & FORM) == CONSTANT ? 1 : steps;
  }

  /** The shortest decimal of at most nine digits after the point that rounds to a float. */
  static double decimal(float value) {
    for (double power : POWERS) {
      double scaled = value * power;
      double whole = Math.rint(scaled);
      if (Math.abs(whole - scaled) <= Math.abs(scaled) * ROUNDING) {
        double decimal = whole / power;
        if ((float) decimal == value) {
          return decimal;
        }
      }
    }
    return value;
  }
}

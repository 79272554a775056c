package io.longcast.series;

/**
 * Which values of a series are taken exactly. A value is taken as a float where its level, as a
 * power of two, is at most {@value #PLAIN_BELOW} above that of a typical change: the rounding is
 * then less than a thousandth of such a change. Where the level is higher, as of a meter at 1.2e9
 * that moves by three, it is taken as a double. So are the values up to the {@value #SURE}th
 * change, from which on the size of a typical change is taken for known.
 *
 * <p>Every decision is made on the value and those before it, so that no later value changes what
 * an earlier one is taken as. It goes by exponents alone, which every processor computes alike.
 */
final class PrecisionRule {
  private static final int SURE = 8;
  private static final int MEMORY = 64;
  private static final double SHARE = 1.0 / MEMORY;
  private static final int FINE_ABOVE = 14;
  private static final int PLAIN_BELOW = 12;

  /** Powers of two a step by which a high level is forgotten. */
  private static final double FORGET = 1.0 / 16;

  /** Powers of two below its level under which a change is the rounding of sums in double. */
  private static final int ROUNDING = 46;

  private double last = Double.NaN;
  private int changes;
  private double typical;
  private double level = Double.NEGATIVE_INFINITY;
  private boolean fine;

  private PrecisionRule() {}

  /** The values, each taken as the rule says. */
  static SeriesValues apply(double[] values) {
    PrecisionRule rule = new PrecisionRule();
    byte[] uses = new byte[values.length];
    for (int step = 0; step < values.length; step++) {
      uses[step] = rule.next(values[step]);
    }
    return ValuePacker.pack(values, uses);
  }

  /** How the next value is taken: as a float or a double, fine or not. */
  private byte next(double value) {
    int exponent = Math.getExponent(value);
    level = Math.max(exponent, level - FORGET);
    double change = Math.abs(value - last);
    last = value;
    int size = Math.getExponent(change);
    if (change > 0 && size > exponent - ROUNDING) {
      changes++;
      typical += changes < MEMORY ? (size - typical) / changes : (size - typical) * SHARE;
    }
    fine =
        changes == 0 ? (float) value != value : level - typical > (fine ? PLAIN_BELOW : FINE_ABOVE);
    boolean exact = fine || changes < SURE;
    return (byte)
        ((exact ? ValueStretch.DOUBLES : ValueStretch.FLOATS) | (fine ? ValueStretch.FINE : 0));
  }
}

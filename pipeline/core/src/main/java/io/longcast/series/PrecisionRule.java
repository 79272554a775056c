package io.longcast.series;

/**
 * Which values of a series are kept exactly. A value is rounded to a float where its level, as a
 * power of two, is at most {@value #PLAIN_BELOW} above that of a typical change: the rounding is
 * then less than a thousandth of such a change. Where the level is higher, as of a meter at 1.2e9
 * that moves by three, it is kept. So are the values up to the {@value #SURE}th change, from which
 * on the size of a typical change is taken for known.
 *
 * <p>Every decision is made on the value and those before it, so that no later value changes what
 * an earlier one reads back as. It goes by exponents alone, which every processor computes alike.
 */
final class PrecisionRule {
  private static final int SURE = 8;
  private static final int MEMORY = 64;
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

  /** The values as they are kept. */
  static SeriesValues apply(double[] values) {
    PrecisionRule rule = new PrecisionRule();
    SeriesValuesBuilder builder = new SeriesValuesBuilder(values.length);
    int from = 0;
    byte kind = ValueStretch.FLOATS;
    for (int step = 0; step < values.length; step++) {
      byte next = rule.next(values[step]);
      if (step > 0 && next != kind) {
        add(kind, values, from, step, builder);
        from = step;
      }
      kind = next;
    }
    add(kind, values, from, values.length, builder);
    return builder.build();
  }

  /** The kind of the next value: floats or doubles, fine or not. */
  private byte next(double value) {
    int exponent = Math.getExponent(value);
    level = Math.max(exponent, level - FORGET);
    double change = Math.abs(value - last);
    last = value;
    int size = Math.getExponent(change);
    if (change > 0 && size > exponent - ROUNDING) {
      changes++;
      typical += (size - typical) / Math.min(changes, MEMORY);
    }
    fine =
        changes == 0 ? (float) value != value : level - typical > (fine ? PLAIN_BELOW : FINE_ABOVE);
    boolean exact = fine || changes < SURE;
    return (byte)
        ((exact ? ValueStretch.DOUBLES : ValueStretch.FLOATS) | (fine ? ValueStretch.FINE : 0));
  }

  /** Adds a stretch in the smallest form that reads back the same. */
  private static void add(
      byte kind, double[] values, int from, int to, SeriesValuesBuilder builder) {
    boolean exact = (kind & ValueStretch.FORM) == ValueStretch.DOUBLES;
    if (exact && isConstant(values, from, to)) {
      byte constant = (byte) (ValueStretch.CONSTANT | kind & ValueStretch.FINE);
      builder.add(constant, null, values, from, 0, to - from);
    } else if (exact && !areDecimals(values, from, to)) {
      builder.add(kind, null, values, from, 0, to - from);
    } else if (from < to) {
      float[] floats = new float[to - from];
      for (int step = from; step < to; step++) {
        floats[step - from] = (float) values[step];
      }
      byte form = exact ? ValueStretch.DECIMALS : ValueStretch.FLOATS;
      builder.add((byte) (form | kind & ValueStretch.FINE), floats, null, 0, 0, to - from);
    }
  }

  private static boolean isConstant(double[] values, int from, int to) {
    for (int step = from + 1; step < to; step++) {
      if (values[step] != values[from]) {
        return false;
      }
    }
    return from < to;
  }

  private static boolean areDecimals(double[] values, int from, int to) {
    for (int step = from; step < to; step++) {
      if (ValueStretch.decimal((float) values[step]) != values[step]) {
        return false;
      }
    }
    return true;
  }
}

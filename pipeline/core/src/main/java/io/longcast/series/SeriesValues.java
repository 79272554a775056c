package io.longcast.series;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The values of one row of a segment, step by step. What was read stands in tables ({@link
 * #asRead}). Models and scores take a value as a float where floats show how the series changes,
 * exactly where they would not ({@link #get}, {@link PrecisionRule}). Windows take values as
 * floats, measured from an {@link #offset} where the level would hide the changes.
 *
 * <p>What a step is taken as depends on it and on the steps before it, never on later ones, and not
 * on how the stretch that it lies in is held ({@link ValuePacker}).
 *
 * <p>Immutable by convention: arrays are not copied.
 */
public final class SeriesValues implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int length;
  private final int[] starts;
  private final byte[] kinds;
  private final int[] places;
  private final float[] floats;
  private final double[] doubles;

  /**
   * @param length number of values
   * @param starts first step of each stretch, ascending from 0; empty where there are no values
   * @param kinds how each stretch is held, see {@link ValueStretch}
   * @param floats values of the stretches held as floats, in order
   * @param doubles those of the others
   */
  SeriesValues(int length, int[] starts, byte[] kinds, float[] floats, double[] doubles) {
    this.length = length;
    this.starts = starts;
    this.kinds = kinds;
    this.floats = floats;
    this.doubles = doubles;
    places = places();
  }

  private int[] places() {
    int[] first = new int[starts.length];
    int inFloats = 0;
    int inDoubles = 0;
    for (int s = 0; s < starts.length; s++) {
      int size = ValueStretch.size(kinds[s], end(s) - starts[s]);
      boolean narrow = ValueStretch.isNarrow(kinds[s]);
      first[s] = narrow ? inFloats : inDoubles;
      inFloats += narrow ? size : 0;
      inDoubles += narrow ? 0 : size;
    }
    if (inFloats != floats.length || inDoubles != doubles.length) {
      throw new IllegalArgumentException(
          "values of %d steps: %d floats and %d doubles expected, found %d and %d"
              .formatted(length, inFloats, inDoubles, floats.length, doubles.length));
    }
    return first;
  }

  /** Floats as they are, given away. */
  public static SeriesValues of(float... values) {
    return values.length == 0
        ? new SeriesValues(0, new int[0], new byte[0], values, new double[0])
        : new SeriesValues(
            values.length, new int[1], new byte[] {ValueStretch.FLOATS}, values, new double[0]);
  }

  /**
   * Values, each as {@link PrecisionRule} has it.
   *
   * @param values oldest first, no NaN
   */
  public static SeriesValues of(double[] values) {
    return PrecisionRule.apply(values);
  }

  /**
   * The shortest decimal of at most nine digits after the point that rounds to a float, or the
   * float; null for null.
   */
  public static Double shortest(Float value) {
    return value == null ? null : (Double) ValueStretch.decimal(value);
  }

  /** Rows of plain floats, given away. */
  public static SeriesValues[] rows(float[]... rows) {
    return Arrays.stream(rows).map(SeriesValues::of).toArray(SeriesValues[]::new);
  }

  int[] starts() {
    return starts;
  }

  byte[] kinds() {
    return kinds;
  }

  float[] floats() {
    return floats;
  }

  double[] doubles() {
    return doubles;
  }

  private int end(int stretch) {
    return stretch + 1 < starts.length ? starts[stretch + 1] : length;
  }

  private int stretch(int step) {
    int last = starts.length - 1;
    if (step >= starts[last]) {
      return last;
    }
    int at = Arrays.binarySearch(starts, step);
    return at >= 0 ? at : -at - 2;
  }

  /** Number of values. */
  public int length() {
    return length;
  }

  /** The value of a step as models and scores take it. */
  public double get(int step) {
    return get(stretch(step), step);
  }

  private double get(int s, int step) {
    byte kind = kinds[s];
    if ((kind & ValueStretch.FORM) == ValueStretch.FLOATS) {
      return floats[places[s] + step - starts[s]];
    }
    double read = asRead(s, step);
    return (kind & ValueStretch.ROUNDED) == 0 ? read : (float) read;
  }

  /** The value of a step bit for bit as it was read: 21.37, not 21.3700008 as its float. */
  public double asRead(int step) {
    return asRead(stretch(step), step);
  }

  private double asRead(int s, int step) {
    byte kind = kinds[s];
    int at = places[s] + step - starts[s];
    return switch (kind & ValueStretch.FORM) {
      case ValueStretch.DOUBLES -> doubles[at];
      case ValueStretch.CONSTANT -> doubles[places[s]];
      default -> (kind & ValueStretch.BINARY) == 0 ? ValueStretch.decimal(floats[at]) : floats[at];
    };
  }

  /**
   * What the values around a step are to be measured from before they are narrowed to floats: the
   * value of the step, or 0 where floats show how the series changes.
   */
  public double offset(int step) {
    int s = stretch(step);
    return (kinds[s] & ValueStretch.FINE) == 0 ? 0 : get(s, step);
  }

  /**
   * Copies values as floats.
   *
   * @param offset subtracted before they are narrowed, see {@link #offset}
   */
  public void copy(int from, int count, double offset, float[] to, int at) {
    if (count <= 0) {
      return;
    }
    int limit = from + count;
    for (int s = stretch(from); s < starts.length && starts[s] < limit; s++) {
      int first = Math.max(from, starts[s]);
      int end = Math.min(limit, end(s));
      if (ValueStretch.isNarrow(kinds[s]) && offset == 0) {
        System.arraycopy(floats, places[s] + first - starts[s], to, at + first - from, end - first);
      } else {
        for (int step = first; step < end; step++) {
          to[at + step - from] = (float) (get(s, step) - offset);
        }
      }
    }
  }

  /** All values as floats, rounded. */
  public float[] toFloats() {
    float[] values = new float[length];
    copy(0, length, 0, values, 0);
    return values;
  }

  /** All values as models and scores take them. */
  public double[] toDoubles() {
    double[] values = new double[length];
    for (int s = 0; s < starts.length; s++) {
      for (int step = starts[s]; step < end(s); step++) {
        values[step] = get(s, step);
      }
    }
    return values;
  }

  /** All values as they were read. */
  public double[] asRead() {
    double[] values = new double[length];
    for (int s = 0; s < starts.length; s++) {
      for (int step = starts[s]; step < end(s); step++) {
        values[step] = asRead(s, step);
      }
    }
    return values;
  }

  /** The same, held as if packed at once: equal values have equal bytes. */
  public SeriesValues repacked() {
    byte[] uses = new byte[length];
    for (int s = 0; s < starts.length; s++) {
      Arrays.fill(uses, starts[s], end(s), ValueStretch.use(kinds[s]));
    }
    return ValuePacker.pack(asRead(), uses);
  }

  /**
   * What models take of these values, in four bytes each where they take floats: digits that only
   * {@link #asRead} has are left out.
   */
  public SeriesValues rounded() {
    boolean any = false;
    for (byte kind : kinds) {
      any |= (kind & ValueStretch.ROUNDED) != 0;
    }
    if (!any) {
      return this;
    }
    SeriesValuesBuilder builder = new SeriesValuesBuilder(length);
    for (int s = 0; s < starts.length; s++) {
      int count = end(s) - starts[s];
      if (ValueStretch.isRounded(kinds[s])) {
        float[] taken = new float[count];
        copy(starts[s], count, 0, taken, 0);
        builder.add(ValueStretch.FLOATS, taken, null, 0, 0, count);
      } else {
        builder.add(kinds[s], floats, doubles, places[s], 0, count);
      }
    }
    return builder.build();
  }

  /** The values {@code [from, to)}, copied. */
  public SeriesValues slice(int from, int to) {
    SeriesValuesBuilder builder = new SeriesValuesBuilder(to - from);
    append(from, to, builder);
    return builder.build();
  }

  /** The first {@code count} of these values, then the others, copied. */
  public SeriesValues followedBy(int count, SeriesValues next) {
    SeriesValuesBuilder builder = new SeriesValuesBuilder(count + next.length);
    append(0, count, builder);
    next.append(0, next.length, builder);
    return builder.build();
  }

  private void append(int from, int to, SeriesValuesBuilder builder) {
    for (int s = from < to ? stretch(from) : starts.length; s < starts.length; s++) {
      int first = Math.max(from, starts[s]);
      int end = Math.min(to, end(s));
      if (first >= end) {
        return;
      }
      builder.add(kinds[s], floats, doubles, places[s], first - starts[s], end - first);
    }
  }

  /** What stands for a value in a hash: the bits of a float where one holds it, else a double's. */
  public long bits(int step) {
    double value = get(step);
    return (float) value == value
        ? Float.floatToRawIntBits((float) value)
        : Double.doubleToRawLongBits(value);
  }

  /** Bytes of the values. */
  public long bytes() {
    return 4L * floats.length + 8L * doubles.length;
  }
}

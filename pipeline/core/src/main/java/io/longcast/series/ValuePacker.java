package io.longcast.series;

/**
 * Holds values in few bytes, so that each can be had as it was read. Ordinary readings of up to
 * seven digits take four bytes, as do numbers that are floats; others eight; a stretch that never
 * changes eight in all.
 */
final class ValuePacker {
  /** Steps in which one value that no float holds makes doubles of all. */
  private static final int BLOCK = 64;

  private ValuePacker() {}

  /**
   * Packs.
   *
   * @param values as read
   * @param uses how each is taken, see {@link ValueStretch#use}
   */
  static SeriesValues pack(double[] values, byte[] uses) {
    SeriesValuesBuilder builder = new SeriesValuesBuilder(values.length);
    int from = 0;
    for (int step = 1; step <= values.length; step++) {
      if (step == values.length || uses[step] != uses[from]) {
        add(uses[from], values, from, step, builder);
        from = step;
      }
    }
    return builder.build();
  }

  private static void add(
      byte use, double[] values, int from, int to, SeriesValuesBuilder builder) {
    if (!ValueStretch.isRounded(use)) {
      addExact(use, values, from, to, builder);
      return;
    }
    for (int at = from; at < to; at += BLOCK) {
      addRounded(values, at, Math.min(to, at + BLOCK), builder);
    }
  }

  private static void addExact(
      byte use, double[] values, int from, int to, SeriesValuesBuilder builder) {
    int fine = use & ValueStretch.FINE;
    if (isConstant(values, from, to)) {
      add(ValueStretch.CONSTANT | fine, values, from, to - from, builder);
    } else if (areDecimals(values, from, to)) {
      addFloats(ValueStretch.DECIMALS | fine, values, from, to, builder);
    } else if (areFloats(values, from, to)) {
      addFloats(ValueStretch.DECIMALS | ValueStretch.BINARY | fine, values, from, to, builder);
    } else {
      add(ValueStretch.DOUBLES | fine, values, from, to - from, builder);
    }
  }

  private static void addRounded(double[] values, int from, int to, SeriesValuesBuilder builder) {
    if (areDecimals(values, from, to)) {
      addFloats(ValueStretch.FLOATS, values, from, to, builder);
    } else if (areFloats(values, from, to)) {
      addFloats(ValueStretch.FLOATS | ValueStretch.BINARY, values, from, to, builder);
    } else if (isConstant(values, from, to)) {
      add(ValueStretch.CONSTANT | ValueStretch.ROUNDED, values, from, to - from, builder);
    } else {
      add(ValueStretch.DOUBLES | ValueStretch.ROUNDED, values, from, to - from, builder);
    }
  }

  private static void add(
      int kind, double[] values, int from, int count, SeriesValuesBuilder builder) {
    builder.add((byte) kind, null, values, from, 0, count);
  }

  private static void addFloats(
      int kind, double[] values, int from, int to, SeriesValuesBuilder builder) {
    float[] floats = new float[to - from];
    for (int step = from; step < to; step++) {
      floats[step - from] = (float) values[step];
    }
    builder.add((byte) kind, floats, null, 0, 0, floats.length);
  }

  private static boolean isConstant(double[] values, int from, int to) {
    for (int step = from + 1; step < to; step++) {
      if (Double.compare(values[step], values[from]) != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean areDecimals(double[] values, int from, int to) {
    for (int step = from; step < to; step++) {
      if (ValueStretch.decimal((float) values[step]) != values[step]) {
        return false;
      }
    }
    return true;
  }

  private static boolean areFloats(double[] values, int from, int to) {
    for (int step = from; step < to; step++) {
      if ((float) values[step] != values[step]) {
        return false;
      }
    }
    return true;
  }
}

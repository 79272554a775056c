package io.longcast.series;

import java.util.Arrays;

/** Puts {@link SeriesValues} together from stretches; neighbours of one kind become one. */
final class SeriesValuesBuilder {
  private final float[] floats;
  private double[] doubles = new double[0];
  private int[] starts = new int[2];
  private byte[] kinds = new byte[2];
  private int steps;
  private int stretches;
  private int narrow;
  private int wide;

  /**
   * @param length number of values to come
   */
  SeriesValuesBuilder(int length) {
    floats = new float[length];
  }

  /**
   * Adds steps of a stretch.
   *
   * @param place of the first step of the stretch among the numbers of its kind
   * @param skip steps of the stretch to leave out
   * @param count steps to add
   */
  void add(byte kind, float[] narrowOnes, double[] wideOnes, int place, int skip, int count) {
    if (ValueStretch.isNarrow(kind)) {
      open(kind);
      System.arraycopy(narrowOnes, place + skip, floats, narrow, count);
      narrow += count;
    } else if ((kind & ValueStretch.FORM) == ValueStretch.DOUBLES) {
      open(kind);
      grow(count);
      System.arraycopy(wideOnes, place + skip, doubles, wide, count);
      wide += count;
    } else if (!goesOn(kind) || Double.compare(doubles[wide - 1], wideOnes[place]) != 0) {
      start(kind);
      grow(1);
      doubles[wide++] = wideOnes[place];
    }
    steps += count;
  }

  private void grow(int more) {
    if (wide + more > doubles.length) {
      doubles = Arrays.copyOf(doubles, Math.max(wide + more, 2 * doubles.length));
    }
  }

  private boolean goesOn(byte kind) {
    return stretches > 0 && kinds[stretches - 1] == kind;
  }

  private void open(byte kind) {
    if (!goesOn(kind)) {
      start(kind);
    }
  }

  private void start(byte kind) {
    if (stretches == starts.length) {
      starts = Arrays.copyOf(starts, 2 * stretches);
      kinds = Arrays.copyOf(kinds, 2 * stretches);
    }
    starts[stretches] = steps;
    kinds[stretches++] = kind;
  }

  SeriesValues build() {
    return new SeriesValues(
        steps,
        Arrays.copyOf(starts, stretches),
        Arrays.copyOf(kinds, stretches),
        narrow == floats.length ? floats : Arrays.copyOf(floats, narrow),
        wide == doubles.length ? doubles : Arrays.copyOf(doubles, wide));
  }
}

package io.longcast.anomaly;

import io.longcast.anomaly.score.TailModel;
import java.io.Serializable;

/**
 * The surprisal of a value, {@code -ln} of its exceedance, tabulated at sixteen values an octave
 * and linear between: a look-up costs a few nanoseconds where the tail itself costs a power. At
 * most {@value #MOST}, so that no value counts without bound.
 */
final class SurprisalTable implements Serializable {
  private static final long serialVersionUID = 1L;
  static final double MOST = 60;

  private static final int LOWEST_OCTAVE = -12;
  private static final int OCTAVES = 36;
  private static final int PER_OCTAVE_BITS = 4;
  private static final int SHIFT = 52 - PER_OCTAVE_BITS;
  private static final int BASE = (1023 + LOWEST_OCTAVE) << PER_OCTAVE_BITS;
  private static final int SIZE = OCTAVES << PER_OCTAVE_BITS;
  private static final double REST = 1.0 / (1L << SHIFT);

  private final float[] surprisals = new float[SIZE + 1];

  SurprisalTable(TailModel tail) {
    for (int i = 0; i <= SIZE; i++) {
      double value = Double.longBitsToDouble((long) (BASE + i) << SHIFT);
      surprisals[i] = (float) Math.min(MOST, -Math.log(tail.exceedance(value)));
    }
  }

  /** Surprisal of a value, 0 for 0 and below. */
  double of(double value) {
    if (!(value > 0)) {
      return 0;
    }
    long bits = Double.doubleToRawLongBits(value);
    int at = (int) (bits >>> SHIFT) - BASE;
    if (at < 0) {
      return surprisals[0];
    }
    if (at >= SIZE) {
      return surprisals[SIZE];
    }
    double part = (bits & ((1L << SHIFT) - 1)) * REST;
    return surprisals[at] + part * (surprisals[at + 1] - surprisals[at]);
  }
}

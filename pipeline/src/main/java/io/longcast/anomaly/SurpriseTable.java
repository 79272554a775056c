package io.longcast.anomaly;

import io.longcast.anomaly.score.TailModel;
import java.io.Serializable;

/**
 * The surprise of a value, {@code -ln} of its exceedance, tabulated at sixteen values an octave and
 * linear between: a look-up costs a few nanoseconds where the tail itself costs a power. At most
 * {@value #MOST}, so that no value counts without bound.
 */
final class SurpriseTable implements Serializable {
  private static final long serialVersionUID = 1L;
  static final double MOST = 60;

  private static final int LOWEST_OCTAVE = -12;
  private static final int OCTAVES = 36;
  private static final int PER_OCTAVE_BITS = 4;
  private static final int SHIFT = 52 - PER_OCTAVE_BITS;
  private static final int BASE = (1023 + LOWEST_OCTAVE) << PER_OCTAVE_BITS;
  private static final int SIZE = OCTAVES << PER_OCTAVE_BITS;
  private static final double REST = 1.0 / (1L << SHIFT);

  private final float[] surprises = new float[SIZE + 1];

  SurpriseTable(TailModel tail) {
    for (int i = 0; i <= SIZE; i++) {
      double value = Double.longBitsToDouble((long) (BASE + i) << SHIFT);
      surprises[i] = (float) Math.min(MOST, -Math.log(tail.exceedance(value)));
    }
  }

  /** Surprise of a value, 0 for 0 and below. */
  double of(double value) {
    if (!(value > 0)) {
      return 0;
    }
    long bits = Double.doubleToRawLongBits(value);
    int at = (int) (bits >>> SHIFT) - BASE;
    if (at < 0) {
      return surprises[0];
    }
    if (at >= SIZE) {
      return surprises[SIZE];
    }
    double part = (bits & ((1L << SHIFT) - 1)) * REST;
    return surprises[at] + part * (surprises[at + 1] - surprises[at]);
  }
}

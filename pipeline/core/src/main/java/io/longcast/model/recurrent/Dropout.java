package io.longcast.model.recurrent;

/**
 * Inverted dropout whose pattern is a function of (seed, position) alone, so that order of
 * evaluation and blocking do not change it.
 */
public final class Dropout {
  private final double rate;

  /**
   * @param rate share of values set to zero, 0 or more and below 1
   */
  public Dropout(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout must be >= 0 and < 1, found " + rate);
    }
    this.rate = rate;
  }

  /** Share of values set to zero. */
  public double rate() {
    return rate;
  }

  /** Multiplies a range by its pattern: 0 or 1 / (1 - rate). Apply again to go backward. */
  public void apply(long seed, long position, float[] x, int at, int length) {
    float keep = (float) (1 / (1 - rate));
    long limit = (long) (rate * (1L << 32));
    for (int i = 0; i < length; i++) {
      long draw = mix(seed + (position + i) * 0x9E3779B97F4A7C15L) >>> 32;
      x[at + i] = draw < limit ? 0f : x[at + i] * keep;
    }
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long v) {
    long a = (v ^ (v >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}

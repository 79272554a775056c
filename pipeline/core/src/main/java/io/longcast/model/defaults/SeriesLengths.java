package io.longcast.model.defaults;

import java.io.Serializable;

/**
 * How long the series of a fleet are, as a mergeable state of fixed size: exact below {@value
 * #EXACT} steps, then in eighths of an octave (rounded down, at most 9 % off).
 *
 * <p>Merging is associative and commutative to the bit, because only whole counts are added.
 */
public final class SeriesLengths implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int EXACT = 256;
  private static final int PER_OCTAVE = 8;
  private static final int OCTAVES = 23;

  private final long[] counts = new long[EXACT + OCTAVES * PER_OCTAVE + 1];
  private long total;

  /** The state of one series; one without a step does not count. */
  public static SeriesLengths of(long length) {
    SeriesLengths one = new SeriesLengths();
    if (length > 0) {
      one.counts[bin(length)]++;
      one.total++;
    }
    return one;
  }

  private static int bin(long length) {
    if (length < EXACT) {
      return (int) length;
    }
    double octaves = Math.log((double) length / EXACT) / Math.log(2);
    return Math.min(EXACT + OCTAVES * PER_OCTAVE, EXACT + (int) (octaves * PER_OCTAVE + 1e-9));
  }

  private static int least(int bin) {
    return bin < EXACT
        ? bin
        : (int) Math.floor(EXACT * Math.pow(2, (double) (bin - EXACT) / PER_OCTAVE));
  }

  /** Adds another state to this one. */
  public SeriesLengths merge(SeriesLengths other) {
    for (int b = 0; b < counts.length; b++) {
      counts[b] += other.counts[b];
    }
    total += other.total;
    return this;
  }

  /** Series counted. */
  public long total() {
    return total;
  }

  /**
   * The length that a share of the series does not reach, 0 without series.
   *
   * @param share 0 to 1
   */
  public int quantile(double share) {
    long passed = 0;
    for (int b = 0; b < counts.length; b++) {
      passed += counts[b];
      if (passed > share * total || total > 0 && passed == total) {
        return least(b);
      }
    }
    return 0;
  }
}

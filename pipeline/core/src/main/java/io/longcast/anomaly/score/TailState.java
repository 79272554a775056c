package io.longcast.anomaly.score;

import java.io.Serializable;

/**
 * The distribution of a non-negative residual measure as a mergeable state of fixed size: counts in
 * bins of equal ratio.
 *
 * <p>Merging is associative and commutative to the bit, because only whole counts are added.
 */
public final class TailState implements Serializable {
  private static final long serialVersionUID = 1L;
  static final int PER_OCTAVE = 32;
  private static final int OCTAVES = 40;
  private static final int LOWEST = -20;
  static final int BINS = OCTAVES * PER_OCTAVE + 2;

  private final long[] bins = new long[BINS];
  private long count;

  /** Adds one value; values at or below 2^-20 count as zero, above 2^20 as that. */
  public void add(double value) {
    bins[bin(value)]++;
    count++;
  }

  /** Adds another state to this one. */
  public TailState merge(TailState other) {
    for (int b = 0; b < BINS; b++) {
      bins[b] += other.bins[b];
    }
    count += other.count;
    return this;
  }

  /** Values added. */
  public long count() {
    return count;
  }

  long inBin(int bin) {
    return bins[bin];
  }

  static int bin(double value) {
    if (!(value > 0)) {
      return 0;
    }
    double octave = Math.log(value) / Math.log(2) - LOWEST;
    return (int) Math.max(0, Math.min(BINS - 1, Math.floor(octave * PER_OCTAVE) + 1));
  }

  /** Values in the bins above the one of {@code value}. */
  long above(double value) {
    long above = 0;
    for (int b = BINS - 1; b >= 0 && edge(b) > value; b--) {
      above += bins[b];
    }
    return above;
  }

  /** Upper edge of a bin. */
  static double edge(int bin) {
    return Math.pow(2, bin / (double) PER_OCTAVE + LOWEST);
  }

  /** Middle of a bin in the logarithm. */
  static double middle(int bin) {
    return Math.pow(2, (bin - .5) / PER_OCTAVE + LOWEST);
  }

  /** The value that a share {@code level} of the values does not exceed, to the width of a bin. */
  public double quantile(double level) {
    double wanted = level * count;
    long below = 0;
    for (int b = 0; b < BINS; b++) {
      below += bins[b];
      if (below >= wanted) {
        return edge(b);
      }
    }
    return edge(BINS - 1);
  }
}

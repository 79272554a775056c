package io.longcast.forecast;

import java.io.Serializable;

/**
 * For each quantile level a histogram of {@code (y - median) / (quantile - median)}, and the count
 * of values beyond the quantile; mergeable, of fixed size.
 *
 * <p>Merging is associative and commutative to the bit, because only whole counts are added.
 */
final class ConformityHistogram implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Ratios from 1/32 to 32 in steps of 1/64 of an octave, and everything beyond at both ends. */
  private static final int OCTAVES = 10;

  private static final int PER_OCTAVE = 64;
  private static final int BINS = OCTAVES * PER_OCTAVE + 2;

  private final long[][] bins;
  private final ExceedanceCounts counts;

  ConformityHistogram(int levels) {
    bins = new long[levels][BINS];
    counts = new ExceedanceCounts(levels);
  }

  /** Counts a value: how far it lies out, in units of each level's distance from the median. */
  void add(double value, float[] quantiles, int from, int median) {
    double middle = quantiles[from + median];
    counts.add(value, quantiles, from, median);
    for (int q = 0; q < bins.length; q++) {
      double side = q < median ? -1 : 1;
      double distance = side * (quantiles[from + q] - middle);
      bins[q][bin(side * (value - middle) / distance)]++;
    }
  }

  private static int bin(double ratio) {
    if (!(ratio > 0)) {
      return 0;
    }
    double octave = Math.log(ratio) / Math.log(2) + OCTAVES / 2.0;
    return (int) Math.max(0, Math.min(BINS - 1, Math.floor(octave * PER_OCTAVE) + 1));
  }

  void merge(ConformityHistogram other) {
    counts.merge(other.counts);
    for (int q = 0; q < bins.length; q++) {
      for (int b = 0; b < BINS; b++) {
        bins[q][b] += other.bins[q][b];
      }
    }
  }

  /** Values, and those beyond each level's quantile as it is. */
  ExceedanceCounts counts() {
    return counts;
  }

  /** Share of the values beyond the quantile moved out by a factor, NaN without values. */
  double beyond(int q, double factor) {
    if (factor == 1 || counts.total() == 0) {
      return counts.share(q);
    }
    long above = 0;
    for (int b = bin(factor) + 1; b < BINS; b++) {
      above += bins[q][b];
    }
    return (double) above / counts.total();
  }

  /** Smallest factor that at most this share of the values exceeds; 1 without values. */
  double factor(int q, double share) {
    if (counts.total() == 0) {
      return 1;
    }
    double allowed = share * counts.total();
    long above = 0;
    for (int b = BINS - 1; b > 0; b--) {
      above += bins[q][b];
      if (above > allowed) {
        return Math.pow(2, b / (double) PER_OCTAVE - OCTAVES / 2.0);
      }
    }
    return Math.pow(2, -OCTAVES / 2.0);
  }
}

package io.longcast.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Residuals of point forecasts in units of their window's scale, as a histogram a step; mergeable,
 * of fixed size. Merging is associative and commutative to the bit, because only whole counts are
 * added.
 */
final class ResidualCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Sizes from 2^-14 to 2^8 in steps of 1/16 of an octave; what is smaller counts as 0. */
  private static final int OCTAVES = 22;

  private static final int SMALLEST = -14;
  private static final int PER_OCTAVE = 16;
  private static final int BINS = OCTAVES * PER_OCTAVE;

  /** Windows' worth of the pooled spread that a step's own is drawn towards. */
  private static final double PRIOR = 10;

  private final long[][] below;
  private final long[][] above;

  ResidualCounts(int horizon) {
    below = new long[horizon][BINS + 1];
    above = new long[horizon][BINS + 1];
  }

  void add(int step, double residual) {
    (residual < 0 ? below : above)[step][bin(Math.abs(residual))]++;
  }

  private static int bin(double size) {
    double octave = Math.log(size) / Math.log(2) - SMALLEST;
    return (int) Math.max(0, Math.min(BINS, Math.floor(octave * PER_OCTAVE) + 1));
  }

  private static double size(int bin) {
    return bin == 0 ? 0 : Math.pow(2, (bin - .5) / PER_OCTAVE + SMALLEST);
  }

  ResidualCounts merge(ResidualCounts other) {
    for (int step = 0; step < below.length; step++) {
      for (int bin = 0; bin <= BINS; bin++) {
        below[step][bin] += other.below[step][bin];
        above[step][bin] += other.above[step][bin];
      }
    }
    return this;
  }

  /**
   * The quantiles of these residuals: each step's spread, drawn towards that of all steps where few
   * windows were seen, times quantiles that all steps share. {@link ResidualQuantiles#NONE} without
   * residuals.
   */
  ResidualQuantiles quantiles(List<Double> levels) {
    double[] sums = new double[below.length];
    long[] counts = new long[below.length];
    double sum = 0;
    long count = 0;
    for (int step = 0; step < sums.length; step++) {
      for (int bin = 0; bin <= BINS; bin++) {
        long here = below[step][bin] + above[step][bin];
        sums[step] += here * size(bin);
        counts[step] += here;
      }
      sum += sums[step];
      count += counts[step];
    }
    if (count == 0) {
      return ResidualQuantiles.NONE;
    }
    List<Double> spreads = new ArrayList<>();
    for (int step = 0; step < sums.length; step++) {
      spreads.add((sums[step] + PRIOR * sum / count) / (counts[step] + PRIOR));
    }
    return new ResidualQuantiles(levels, offsets(levels, spreads, count), spreads);
  }

  private record Share(double offset, long count) {}

  private List<Double> offsets(List<Double> levels, List<Double> spreads, long count) {
    List<Share> shares = shares(spreads);
    List<Double> offsets = new ArrayList<>();
    int at = 0;
    long seen = shares.get(0).count();
    for (double level : levels) {
      while (seen < level * count && at + 1 < shares.size()) {
        at++;
        seen += shares.get(at).count();
      }
      double offset = shares.get(at).offset();
      double onItsSide = level < .5 ? Math.min(0, offset) : Math.max(0, offset);
      offsets.add(level == .5 ? 0 : onItsSide);
    }
    return offsets;
  }

  /** Residuals over their step's spread, ascending. */
  private List<Share> shares(List<Double> spreads) {
    List<Share> shares = new ArrayList<>();
    for (int step = 0; step < below.length; step++) {
      for (int bin = 0; bin <= BINS; bin++) {
        double offset = bin == 0 ? 0 : size(bin) / spreads.get(step);
        if (below[step][bin] > 0) {
          shares.add(new Share(-offset, below[step][bin]));
        }
        if (above[step][bin] > 0) {
          shares.add(new Share(offset, above[step][bin]));
        }
      }
    }
    shares.sort(Comparator.comparingDouble(Share::offset));
    return shares;
  }
}

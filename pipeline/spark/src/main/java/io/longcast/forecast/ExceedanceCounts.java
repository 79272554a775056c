package io.longcast.forecast;

import java.io.Serializable;
import java.util.List;

/** Values, and for each quantile level those beyond its quantile as seen from the median. */
final class ExceedanceCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] beyond;
  private long total;

  ExceedanceCounts(int levels) {
    beyond = new long[levels];
  }

  /**
   * Counts a value.
   *
   * @param quantiles its levels' quantiles stand from {@code from} on
   * @param median index of the median's level
   */
  void add(double value, float[] quantiles, int from, int median) {
    total++;
    for (int q = 0; q < beyond.length; q++) {
      double quantile = quantiles[from + q];
      beyond[q] += (q < median ? value < quantile : value > quantile) ? 1 : 0;
    }
  }

  void merge(ExceedanceCounts other) {
    total += other.total;
    for (int q = 0; q < beyond.length; q++) {
      beyond[q] += other.beyond[q];
    }
  }

  long total() {
    return total;
  }

  /** Share of the values beyond the quantile of a level, NaN without values. */
  double share(int q) {
    return total == 0 ? Double.NaN : (double) beyond[q] / total;
  }

  /** As it is kept in a bundle. */
  Coverage coverage(String name, List<Double> levels) {
    return Coverage.of(name, levels, beyond, total);
  }
}

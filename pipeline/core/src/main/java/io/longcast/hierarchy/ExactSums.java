package io.longcast.hierarchy;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums of doubles without rounding errors: each is held as the exact sum of a few doubles that do
 * not overlap (Shewchuk 1997), and rounded once, to the nearest double, when it is read. The order
 * of adding and merging does not decide the bits.
 *
 * <p>Values must be finite. Mutable, not thread-safe.
 */
public final class ExactSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[][] parts;
  private final int[] counts;

  /**
   * Zeros.
   *
   * @param size number of sums
   */
  public ExactSums(int size) {
    parts = new double[size][];
    counts = new int[size];
  }

  /** Number of sums. */
  public int size() {
    return parts.length;
  }

  /** Adds a finite value to sum {@code i}. */
  public void add(int i, double value) {
    double[] own = parts[i] == null ? new double[2] : parts[i];
    double x = value;
    int kept = 0;
    for (int k = 0; k < counts[i]; k++) {
      double y = own[k];
      double high = x + y;
      double larger = Math.abs(x) < Math.abs(y) ? y : x;
      double smaller = Math.abs(x) < Math.abs(y) ? x : y;
      double low = smaller - (high - larger);
      if (low != 0) {
        own[kept++] = low;
      }
      x = high;
    }
    if (x != 0) {
      own = kept == own.length ? Arrays.copyOf(own, 2 * kept) : own;
      own[kept++] = x;
    }
    parts[i] = own;
    counts[i] = kept;
  }

  /** Adds all sums of another object of the same size. */
  public ExactSums merge(ExactSums other) {
    for (int i = 0; i < parts.length; i++) {
      for (int k = 0; k < other.counts[i]; k++) {
        add(i, other.parts[i][k]);
      }
    }
    return this;
  }

  /** The double nearest to sum {@code i}; of two the even one. */
  public double value(int i) {
    double[] own = parts[i];
    int k = counts[i];
    if (k == 0) {
      return 0;
    }
    double high = own[--k];
    double low = 0;
    while (k > 0 && low == 0) {
      double y = own[--k];
      double sum = high + y;
      low = y - (sum - high);
      high = sum;
    }
    boolean tie = k > 0 && (low < 0 ? own[k - 1] < 0 : low > 0 && own[k - 1] > 0);
    double twice = high + 2 * low;
    return tie && twice - high == 2 * low ? twice : high;
  }

  /** The sums {@code [from, to)}, each rounded once. */
  public double[] values(int from, int to) {
    double[] values = new double[to - from];
    Arrays.setAll(values, i -> value(from + i));
    return values;
  }
}

package io.longcast.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows {@code [first, last]} of a file, both inclusive, as labels are published.
 *
 * @param first first row, from 0
 * @param last last row, at least {@code first}
 */
public record RowInterval(int first, int last) implements Serializable {

  public RowInterval {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException(
          "rows must satisfy 0 <= first <= last, found [" + first + ", " + last + "]");
    }
  }

  /** Whether a row lies in it. */
  public boolean contains(int row) {
    return row >= first && row <= last;
  }

  /** Whether two intervals share a row. */
  public boolean overlaps(RowInterval other) {
    return first <= other.last && other.first <= last;
  }

  /** Runs of true rows. */
  public static List<RowInterval> runs(boolean[] flags) {
    List<RowInterval> runs = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= flags.length; i++) {
      boolean on = i < flags.length && flags[i];
      if (on && start < 0) {
        start = i;
      } else if (!on && start >= 0) {
        runs.add(new RowInterval(start, i - 1));
        start = -1;
      }
    }
    return runs;
  }

  /** Intervals in order, those at most {@code gap} rows apart made one. */
  public static List<RowInterval> merge(List<RowInterval> intervals, int gap) {
    List<RowInterval> merged = new ArrayList<>();
    for (RowInterval next : intervals) {
      int end = merged.size() - 1;
      if (end >= 0 && next.first - merged.get(end).last - 1 <= gap) {
        RowInterval before = merged.get(end);
        merged.set(end, new RowInterval(before.first, Math.max(before.last, next.last)));
      } else {
        merged.add(next);
      }
    }
    return merged;
  }

  /** A flag for each of {@code rows} rows: inside one of the intervals. */
  public static boolean[] flags(List<RowInterval> intervals, int rows) {
    boolean[] flags = new boolean[rows];
    for (RowInterval interval : intervals) {
      for (int i = interval.first; i <= Math.min(interval.last, rows - 1); i++) {
        flags[i] = true;
      }
    }
    return flags;
  }
}

package io.longcast.evaluate;

import java.util.List;

/**
 * One file of the Numenta Anomaly Benchmark as its scorer sees it: how many rows, which of them are
 * scored, and the score of an alarm at a row.
 *
 * <p>With σ(y) = 2 / (1 + e^(5y)) - 1, and -1 for y &gt; 3: inside a window [a, b] an alarm at row
 * i has y = -(b - i + 1) / (b - a + 1) and is worth σ(y) / σ(-1); outside, y = (i - b) / (b - a)
 * from the last window that ended before (σ = -1 if there is none).
 *
 * @param rows rows of the file
 * @param windows labelled windows, ascending, apart from each other
 */
public record NabFile(int rows, List<RowInterval> windows) {
  private static final double PROBATION_SHARE = 0.15;
  private static final int PROBATION_LIMIT = 750;

  public NabFile {
    windows = List.copyOf(windows);
  }

  /** Rows at the start that are never scored: min(0.15 rows, 750). */
  public int probation() {
    return probation(rows);
  }

  /** Rows at the start of a file that are never scored. */
  public static int probation(int rows) {
    return Math.min((int) Math.floor(PROBATION_SHARE * rows), PROBATION_LIMIT);
  }

  /** The window a row lies in, or -1. */
  int windowOf(int row) {
    for (int w = 0; w < windows.size(); w++) {
      if (windows.get(w).contains(row)) {
        return w;
      }
    }
    return -1;
  }

  /** Worth of an alarm inside window {@code w}, in (0, 1]; earlier is more. */
  double insideWorth(int row, int w) {
    RowInterval window = windows.get(w);
    double y = -(window.last() - row + 1.0) / (window.last() - window.first() + 1.0);
    return sigmoid(y) / sigmoid(-1);
  }

  /** Worth of an alarm outside every window, in [-1, 0). */
  double outsideWorth(int row) {
    RowInterval before = null;
    for (RowInterval window : windows) {
      if (window.last() < row) {
        before = window;
      }
    }
    if (before == null) {
      return -1;
    }
    double width = before.last() - before.first();
    return width == 0 ? -1 : sigmoid((row - before.last()) / width);
  }

  private static double sigmoid(double y) {
    return y > 3 ? -1 : 2 / (1 + Math.exp(5 * y)) - 1;
  }
}

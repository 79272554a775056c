package io.longcast.anomaly.pattern;

import java.io.Serializable;

/**
 * How much a {@link PatternScorer} remembers of a series.
 *
 * @param bankRows rows of normal behaviour kept of a series without a period, in [128, 65536],
 *     rounded up to a multiple of 128; a third as many are kept over shorter and over longer times.
 *     Of a series with a period, four thirds as many are kept over a quarter of it. A row takes 8
 *     bytes of state
 */
public record PatternSpec(int bankRows) implements Serializable {
  /** Less than 64 kB of state. */
  public static final PatternSpec DEFAULT = new PatternSpec(3072);

  private static final int LEAST_SHARED = 512;

  private static final int MULTIPLE = 128;
  private static final int MAX = 65_536;
  private static final int SIDE_SHARE = 3;

  public PatternSpec {
    if (bankRows < MULTIPLE || bankRows > MAX) {
      throw new IllegalArgumentException(
          "bankRows must be in [%d, %d], found %d".formatted(MULTIPLE, MAX, bankRows));
    }
    bankRows = rounded(bankRows);
  }

  /** Of one of several channels, which share the rows of {@link #DEFAULT}. */
  public static PatternSpec of(int channels) {
    return new PatternSpec(Math.max(LEAST_SHARED, DEFAULT.bankRows / channels));
  }

  private static int rounded(int rows) {
    return (rows + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
  }

  /** Rows of the only bank of a series with a period. */
  int seasonalRows() {
    return rounded(bankRows + bankRows / SIDE_SHARE);
  }

  /** Rows of the banks over shorter and longer times. */
  int sideRows() {
    return rounded(bankRows / SIDE_SHARE);
  }
}

package io.longcast.report.page;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as a reader wants them: few digits, and null for what JSON cannot hold. */
final class Rounded {
  private static final MathContext DIGITS = new MathContext(6);

  /** Scores closer to 1 than this many decimal digits are not distinguished. */
  static final double MAX_DIGITS = 16;

  private Rounded() {}

  /** Six significant digits; null for null, NaN and infinities. */
  static Double of(Object number) {
    if (!(number instanceof Number found) || !Double.isFinite(found.doubleValue())) {
      return null;
    }
    return new BigDecimal(found.doubleValue()).round(DIGITS).doubleValue();
  }

  /**
   * A score in [0, 1] as -log10(1 - score): 3 stands for one normal step in a thousand. At most
   * {@value #MAX_DIGITS}; null for null.
   */
  static Double digits(Double score) {
    return score == null
        ? null
        : Math.min(MAX_DIGITS, -Math.log10(Math.max(1 - score, Math.pow(10, -MAX_DIGITS))));
  }
}

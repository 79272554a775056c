package io.longcast.anomaly.event;

import java.util.Optional;

/**
 * The stretch of a channel's past that ran most like an event: highest correlation with the steps
 * from shortly before the event to its end. Looks back a bounded number of steps.
 *
 * @param start its first step, in steps of the segment
 * @param length in steps
 * @param correlation in [-1, 1]
 */
record SimilarWindow(int start, int length, double correlation) {
  private static final int LEAST = 12;
  private static final int MOST = 96;
  private static final int BACK = 1500;

  /**
   * @param known steps that had been seen when the event was closed
   */
  static Optional<SimilarWindow> of(float[] values, int eventStart, int eventEnd, int known) {
    int length = Math.max(LEAST, Math.min(MOST, eventEnd - eventStart + LEAST / 2));
    int from = Math.max(0, Math.min(eventStart - LEAST / 2, known - length));
    SimilarWindow best = null;
    for (int start = Math.max(0, from - BACK); start + length <= from; start++) {
      double correlation = correlation(values, start, from, length);
      if (!Double.isNaN(correlation) && (best == null || correlation > best.correlation())) {
        best = new SimilarWindow(start, length, correlation);
      }
    }
    return Optional.ofNullable(best);
  }

  private static double correlation(float[] values, int one, int other, int length) {
    double sumA = 0;
    double sumB = 0;
    double squareA = 0;
    double squareB = 0;
    double product = 0;
    for (int i = 0; i < length; i++) {
      double a = values[one + i];
      double b = values[other + i];
      sumA += a;
      sumB += b;
      squareA += a * a;
      squareB += b * b;
      product += a * b;
    }
    double varianceA = squareA - sumA * sumA / length;
    double varianceB = squareB - sumB * sumB / length;
    return varianceA > 0 && varianceB > 0
        ? (product - sumA * sumB / length) / Math.sqrt(varianceA * varianceB)
        : Double.NaN;
  }
}

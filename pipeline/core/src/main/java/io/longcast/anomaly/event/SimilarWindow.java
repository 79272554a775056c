package io.longcast.anomaly.event;

import io.longcast.series.SeriesValues;
import java.util.Optional;

/**
 * The past window of a channel that is most similar to an event: highest correlation with the steps
 * from shortly before the event to its end. Looks back a bounded number of steps.
 *
 * @param start its first step, in steps of the segment
 * @param length in steps
 * @param correlation in [-1, 1]
 */
record SimilarWindow(int start, int length, double correlation) {
  private static final int LEAST = 12;
  static final int MOST = 96;
  static final int BACK = 1500;

  /**
   * @param known steps that had been seen when the event was closed
   */
  static Optional<SimilarWindow> of(SeriesValues series, int eventStart, int eventEnd, int known) {
    int length = Math.max(LEAST, Math.min(MOST, eventEnd - eventStart + LEAST / 2));
    int from = Math.max(0, Math.min(eventStart - LEAST / 2, known - length));
    if (from < length) {
      return Optional.empty();
    }
    int first = Math.max(0, from - BACK);
    float[] values = new float[from + length - first];
    series.copy(first, values.length, series.offset(from), values, 0);
    Scan scan = new Scan(values, from - first, length);
    SimilarWindow best = null;
    scan.start(0);
    for (int start = first; start + length <= from; start++) {
      double correlation = scan.next();
      if (!Double.isNaN(correlation) && (best == null || correlation > best.correlation())) {
        best = new SimilarWindow(start, length, correlation);
      }
    }
    return Optional.ofNullable(best);
  }

  /** Correlations of one window with every earlier one, from running sums. */
  private static final class Scan {
    private final float[] values;
    private final int length;
    private final double[] centred;
    private final double size;
    private final double mean;
    private int at;
    private double sum;
    private double square;

    Scan(float[] values, int from, int length) {
      this.values = values;
      this.length = length;
      centred = new double[length];
      double total = 0;
      for (int i = 0; i < length; i++) {
        total += values[from + i];
      }
      mean = total / length;
      double squares = 0;
      for (int i = 0; i < length; i++) {
        centred[i] = values[from + i] - mean;
        squares += centred[i] * centred[i];
      }
      size = Math.sqrt(squares);
    }

    void start(int first) {
      at = first;
      for (int i = 0; i < length && first + i < values.length; i++) {
        double off = values[first + i] - mean;
        sum += off;
        square += off * off;
      }
    }

    /** The correlation with the current window; advances by one. */
    double next() {
      double variance = square - sum * sum / length;
      double correlation =
          variance > 1e-9 * square && size > 0
              ? product() / (Math.sqrt(variance) * size)
              : Double.NaN;
      double out = values[at] - mean;
      double in = values[at + length] - mean;
      sum += in - out;
      square += in * in - out * out;
      at++;
      return correlation;
    }

    /** In four sums, so that no addition waits for the one before. */
    private double product() {
      double a = 0;
      double b = 0;
      double c = 0;
      double d = 0;
      int i = 0;
      for (; i + 3 < length; i += 4) {
        a += centred[i] * values[at + i];
        b += centred[i + 1] * values[at + i + 1];
        c += centred[i + 2] * values[at + i + 2];
        d += centred[i + 3] * values[at + i + 3];
      }
      for (; i < length; i++) {
        a += centred[i] * values[at + i];
      }
      return a + b + (c + d);
    }
  }
}

package io.longcast.jobs;

import java.util.Arrays;
import java.util.List;

/** A row of numbers as a line of small bars. */
final class Sparkline {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final int WIDEST = 32;

  private Sparkline() {}

  /**
   * At most {@value #WIDEST} bars between the lowest and the highest number, means of neighbours.
   */
  static String of(List<Double> values) {
    int width = Math.min(WIDEST, values.size());
    double[] means = new double[width];
    for (int i = 0; i < width; i++) {
      int from = (int) ((long) i * values.size() / width);
      int to = (int) ((i + 1L) * values.size() / width);
      means[i] =
          values.subList(from, to).stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
    double low = Arrays.stream(means).min().orElse(0);
    double high = Arrays.stream(means).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (double mean : means) {
      double share = high > low ? (mean - low) / (high - low) : 0.5;
      line.append(BARS.charAt((int) Math.min(BARS.length() - 1, share * BARS.length())));
    }
    return line.toString();
  }
}

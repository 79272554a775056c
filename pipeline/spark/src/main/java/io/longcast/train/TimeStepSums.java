package io.longcast.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Gradient norms by time step, added up over steps or shards; empty where nobody requested them.
 */
final class TimeStepSums {
  private double[] sums = new double[0];

  void add(double[] norms) {
    if (sums.length == 0) {
      sums = norms.clone();
      return;
    }
    for (int t = 0; t < norms.length; t++) {
      sums[t] += norms[t];
    }
  }

  List<Double> sums() {
    return Arrays.stream(sums).boxed().toList();
  }

  /** First, largest and last norm as text, for a diagnosis; empty without norms. */
  static String text(double[] norms) {
    if (norms.length == 0) {
      return "";
    }
    int most = 0;
    for (int t = 0; t < norms.length; t++) {
      most = norms[most] >= norms[t] ? most : t;
    }
    return String.format(
        Locale.ROOT,
        ", by time step %.2g at the first of %d, %.2g at the last, most at %d (%.2g)",
        norms[0],
        norms.length,
        norms[norms.length - 1],
        most + 1,
        norms[most]);
  }
}

package io.longcast.model.zero.synthetic;

import java.util.Arrays;

/** What happens to a series on its way: floors, rounding, spikes, missing values. */
final class Faults {
  private static final double LIMIT = 25;

  private Faults() {}

  /** In place; standardized first and last, missing values as NaN. */
  static void apply(Draws r, double[] x) {
    Curves.standardize(x);
    if (r.chance(0.06)) {
      floor(r, x);
    }
    if (r.chance(0.08)) {
      double unit = r.logUniform(0.02, 0.4);
      for (int t = 0; t < x.length; t++) {
        x[t] = Math.rint(x[t] / unit) * unit;
      }
    }
    if (r.chance(0.1)) {
      double share = r.logUniform(0.001, 0.03);
      double size = r.logUniform(1, 6);
      for (int t = 0; t < x.length; t++) {
        x[t] += r.chance(share) ? size * r.gaussian() : 0;
      }
    }
    Curves.standardize(x);
    for (int t = 0; t < x.length; t++) {
      x[t] = Math.max(-LIMIT, Math.min(LIMIT, x[t]));
    }
    lose(r, x);
  }

  private static void floor(Draws r, double[] x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    double floor = sorted[(int) (r.uniform(0.02, 0.3) * (x.length - 1))];
    for (int t = 0; t < x.length; t++) {
      x[t] = Math.max(floor, x[t]);
    }
  }

  private static void lose(Draws r, double[] x) {
    if (r.chance(0.08)) {
      double share = r.logUniform(0.005, 0.3);
      for (int t = 0; t < x.length; t++) {
        x[t] = r.chance(share) ? Double.NaN : x[t];
      }
    }
    if (r.chance(0.03)) {
      int from = r.whole(0, x.length);
      Arrays.fill(x, from, Math.min(x.length, from + r.whole(5, 80)), Double.NaN);
    }
  }
}

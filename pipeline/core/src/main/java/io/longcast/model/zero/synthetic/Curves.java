package io.longcast.model.zero.synthetic;

import java.util.Arrays;

/** Building blocks of series: noise, smooth curves, trends; arrays of {@code n} values. */
final class Curves {
  private static final int BURN_IN = 40;
  private static final int FEATURES = 10;
  private static final int KNOTS = 12;

  private Curves() {}

  /** In place: zero mean, unit standard deviation; a constant becomes 0. */
  static double[] standardize(double[] x) {
    double mean = 0;
    for (double v : x) {
      mean += v / x.length;
    }
    double squares = 0;
    for (double v : x) {
      squares += (v - mean) * (v - mean) / x.length;
    }
    double factor = 1 / (Math.sqrt(squares) + 1e-6);
    for (int t = 0; t < x.length; t++) {
      x[t] = (x[t] - mean) * factor;
    }
    return x;
  }

  /** {@code to += factor * from}. */
  static void add(double[] to, double factor, double[] from) {
    for (int t = 0; t < to.length; t++) {
      to[t] += factor * from[t];
    }
  }

  /** {@code x *= exp(factor * log)}. */
  static void modulate(double[] x, double factor, double[] log) {
    for (int t = 0; t < x.length; t++) {
      x[t] *= Math.exp(factor * log[t]);
    }
  }

  /** Random knots joined by half cosines. */
  static double[] smooth(Draws r, int n, int knots) {
    double[] k = r.gaussians(knots + 1);
    double[] x = new double[n];
    for (int t = 0; t < n; t++) {
      double u = t * (knots - 1e-4) / Math.max(1, n - 1);
      int i = (int) u;
      double w = (1 - Math.cos(Math.PI * (u - i))) / 2;
      x[t] = k[i] * (1 - w) + k[i + 1] * w;
    }
    return x;
  }

  static double[] smooth(Draws r, int n) {
    return smooth(r, n, r.whole(3, 12));
  }

  static double[] walk(Draws r, int n) {
    double[] x = r.gaussians(n);
    for (int t = 1; t < n; t++) {
      x[t] += x[t - 1];
    }
    return x;
  }

  /** White, AR(1) or AR(2) noise of unit deviation, a quarter with heavy tails. */
  static double[] noise(Draws r, int n) {
    boolean heavy = r.chance(0.25);
    int kind = r.index(0.4, 0.45, 0.15);
    double one = kind == 0 ? 0 : kind == 1 ? 1 - r.logUniform(0.01, 1) : r.uniform(-0.7, 0);
    double two = r.chance(0.2) ? r.uniform(-0.6, 0.3) : 0;
    two = Math.max(-0.95, Math.min(0.98 - Math.abs(one), two));
    double[] x = new double[n + BURN_IN];
    for (int t = 0; t < x.length; t++) {
      double e = heavy ? 0.7 * r.student(r.whole(3, 5)) : r.gaussian();
      x[t] = e + (t > 0 ? one * x[t - 1] : 0) + (t > 1 ? two * x[t - 2] : 0);
    }
    return standardize(Arrays.copyOfRange(x, BURN_IN, x.length));
  }

  /** A Gaussian process by random Fourier features; length scale 3 to 500 steps. */
  static double[] process(Draws r, int n) {
    double scale = r.logUniform(3, 500);
    int freedom = new int[] {0, 1, 3}[r.index(0.5, 0.25, 0.25)];
    double[] x = new double[n];
    for (int j = 0; j < FEATURES; j++) {
      double w = freedom == 0 ? r.gaussian() : r.student(freedom);
      w = Math.max(-2.5, Math.min(2.5, w / scale));
      sinusoid(x, r.gaussian(), w, r.uniform(0, 2 * Math.PI));
    }
    return standardize(x);
  }

  /** Adds a sine by rotation: no function call a step. */
  private static void sinusoid(double[] x, double amplitude, double step, double phase) {
    double c = Math.cos(step);
    double s = Math.sin(step);
    double re = amplitude * Math.cos(phase);
    double im = amplitude * Math.sin(phase);
    for (int t = 0; t < x.length; t++) {
      x[t] += im;
      double next = re * c - im * s;
      im = re * s + im * c;
      re = next;
    }
  }

  /** A trend of unit deviation. */
  static double[] trend(Draws r, int n) {
    double[] x =
        switch (r.index(0.15, 0.25, 0.15, 0.15, 0.15, 0.15)) {
          case 0 -> line(n, r.gaussian());
          case 1 -> broken(r, n);
          case 2 -> logistic(r, n);
          case 3 -> exponential(r, n);
          case 4 -> localTrend(r, n);
          default -> drifting(r, n);
        };
    return standardize(x);
  }

  private static double[] line(int n, double slope) {
    double[] x = new double[n];
    for (int t = 0; t < n; t++) {
      x[t] = slope * t / (n - 1);
    }
    return x;
  }

  private static double[] broken(Draws r, int n) {
    double[] x = line(n, r.gaussian());
    for (int knot = 0; knot < KNOTS; knot++) {
      if (r.chance(0.35)) {
        double at = r.uniform(0, 1);
        double slope = 2 * r.gaussian();
        for (int t = (int) Math.ceil(at * (n - 1)); t < n; t++) {
          x[t] += slope * ((double) t / (n - 1) - at);
        }
      }
    }
    return x;
  }

  private static double[] logistic(Draws r, int n) {
    double at = r.uniform(0, 1);
    double steep = r.logUniform(3, 60);
    double sign = r.sign();
    double[] x = new double[n];
    for (int t = 0; t < n; t++) {
      x[t] = sign / (1 + Math.exp(-((double) t / (n - 1) - at) * steep));
    }
    return x;
  }

  private static double[] exponential(Draws r, int n) {
    double rate = r.uniform(0.5, 4);
    double sign = r.sign();
    double[] x = new double[n];
    for (int t = 0; t < n; t++) {
      x[t] = sign * Math.exp(rate * t / (n - 1));
    }
    return x;
  }

  /** The slope is an AR(1), with a drift in half of them. */
  private static double[] localTrend(Draws r, int n) {
    double phi = 1 - r.logUniform(0.003, 0.4);
    double[] slope = r.gaussians(n);
    double squares = 0;
    for (int t = 1; t < n; t++) {
      slope[t] += phi * slope[t - 1];
      squares += slope[t] * slope[t] / n;
    }
    double drift = r.chance(0.5) ? Math.sqrt(squares) * 0.7 * r.gaussian() : 0;
    for (int t = 1; t < n; t++) {
      slope[t] += slope[t - 1] + drift;
    }
    return slope;
  }

  private static double[] drifting(Draws r, int n) {
    double[] x = walk(r, n);
    double drift = 0.15 * r.gaussian();
    for (int t = 0; t < n; t++) {
      x[t] += drift * t;
    }
    return x;
  }

  /** Up to three steps in the level. */
  static double[] shifts(Draws r, int n) {
    double[] x = new double[n];
    for (int k = 0; k < 3; k++) {
      if (r.chance(0.5)) {
        double by = r.gaussian();
        for (int t = r.whole(0, n); t < n; t++) {
          x[t] += by;
        }
      }
    }
    return x;
  }
}

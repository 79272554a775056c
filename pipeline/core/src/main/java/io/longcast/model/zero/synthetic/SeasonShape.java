package io.longcast.model.zero.synthetic;

/** One period of a random shape, zero mean and unit deviation over its phases. */
final class SeasonShape {
  private static final int CELLS = 96;
  private static final int HARMONICS = 8;

  private final double[] cells;

  private SeasonShape(double[] cells) {
    this.cells = cells;
  }

  /** Harmonics, square, sawtooth, pulse, two humps or a rough profile. */
  static SeasonShape draw(Draws r) {
    double[] x =
        switch (r.index(0.36, 0.12, 0.12, 0.12, 0.14, 0.14)) {
          case 0 -> harmonics(r);
          case 1 -> square(r);
          case 2 -> sawtooth(r);
          case 3 -> pulse(r);
          case 4 -> humps(r);
          default -> rough(r);
        };
    return new SeasonShape(Curves.standardize(x));
  }

  /** A mixture of two. */
  static SeasonShape mixed(double one, SeasonShape a, double two, SeasonShape b) {
    double[] x = new double[CELLS];
    for (int i = 0; i < CELLS; i++) {
      x[i] = one * a.cells[i] + two * b.cells[i];
    }
    return new SeasonShape(x);
  }

  /** The value at a phase, 0 to below 1, interpolated. */
  double at(double phase) {
    double u = phase * CELLS;
    int i = (int) u;
    double w = u - i;
    int first = i % CELLS;
    int next = first + 1 == CELLS ? 0 : first + 1;
    return cells[first] * (1 - w) + cells[next] * w;
  }

  private static double[] harmonics(Draws r) {
    double decay = r.uniform(0.3, 2.2);
    int most = r.whole(1, HARMONICS + 1);
    double[] x = new double[CELLS];
    for (int k = 1; k <= most; k++) {
      double amplitude = r.gaussian() * Math.pow(k, -decay);
      double phase = r.uniform(0, 1);
      for (int i = 0; i < CELLS; i++) {
        x[i] += amplitude * Math.sin(2 * Math.PI * ((double) k * i / CELLS + phase));
      }
    }
    return x;
  }

  private static double place(int i, double from) {
    double x = (double) i / CELLS - from;
    return x < 0 ? x + 1 : x;
  }

  private static double[] square(Draws r) {
    double from = r.uniform(0, 1);
    double width = r.uniform(0.04, 0.5);
    double[] x = new double[CELLS];
    for (int i = 0; i < CELLS; i++) {
      x[i] = place(i, from) < width ? 1 : 0;
    }
    return x;
  }

  private static double[] sawtooth(Draws r) {
    double from = r.uniform(0, 1);
    double rise = r.uniform(0.05, 0.95);
    double[] x = new double[CELLS];
    for (int i = 0; i < CELLS; i++) {
      double at = place(i, from);
      x[i] = at < rise ? at / rise : (1 - at) / (1 - rise);
    }
    return x;
  }

  private static double bell(double at, double width) {
    double d = Math.min(at, 1 - at) / width;
    return Math.exp(-0.5 * d * d);
  }

  private static double[] pulse(Draws r) {
    double from = r.uniform(0, 1);
    double width = 0.3 * r.uniform(0.04, 0.5);
    double[] x = new double[CELLS];
    for (int i = 0; i < CELLS; i++) {
      x[i] = bell(place(i, from), width);
    }
    return x;
  }

  /** Like the load of a day. */
  private static double[] humps(Draws r) {
    double from = r.uniform(0, 1);
    double second = (from + r.uniform(0.2, 0.5)) % 1;
    double height = r.uniform(0.3, 1.2);
    double width = r.uniform(0.04, 0.15);
    double width2 = r.uniform(0.04, 0.15);
    double[] x = new double[CELLS];
    for (int i = 0; i < CELLS; i++) {
      x[i] = bell(place(i, from), width) + height * bell(place(i, second), width2);
    }
    return x;
  }

  private static double[] rough(Draws r) {
    double[] x = r.gaussians(CELLS);
    double spread = Math.exp(0.5 * r.gaussian());
    for (int i = 0; i < CELLS; i++) {
      x[i] *= spread;
    }
    return x;
  }
}

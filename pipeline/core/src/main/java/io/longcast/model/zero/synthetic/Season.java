package io.longcast.model.zero.synthetic;

/** Seasonal patterns: plain, slowly changing, or of days that differ by the day of the week. */
final class Season {
  private static final int[] PERIODS = {
    4, 5, 6, 7, 8, 10, 12, 12, 12, 14, 18, 20, 24, 24, 24, 24, 26, 28, 30, 36, 48, 48, 52, 60, 72,
    90, 96, 96, 120, 144, 168, 180, 288, 365
  };

  private Season() {}

  /** A period in steps, a fifth of them any whole number from 3 to 240. */
  static int period(Draws r) {
    return r.chance(0.8) ? r.one(PERIODS) : (int) Math.rint(r.logUniform(3, 240));
  }

  /** A pattern of one period; its shape and amplitude drift in some. */
  static double[] plain(Draws r, int n, double period) {
    SeasonShape shape = SeasonShape.draw(r);
    double start = r.uniform(0, 1);
    double[] x = new double[n];
    for (int t = 0; t < n; t++) {
      x[t] = shape.at((t / period + start) % 1);
    }
    if (r.chance(0.35)) {
      morph(r, x, shape, period, start);
    }
    if (r.chance(0.4)) {
      Curves.modulate(x, r.logUniform(0.05, 0.8), Curves.smooth(r, n));
    }
    return x;
  }

  private static void morph(Draws r, double[] x, SeasonShape shape, double period, double start) {
    SeasonShape second = SeasonShape.draw(r);
    if (r.chance(0.5)) {
      second = SeasonShape.mixed(0.6, shape, 0.5, second);
    }
    double[] change = Curves.smooth(r, x.length);
    double steep = r.uniform(0.5, 2);
    for (int t = 0; t < x.length; t++) {
      double w = 1 / (1 + Math.exp(-steep * change[t]));
      x[t] = x[t] * (1 - w) + w * second.at((t / period + start) % 1);
    }
  }

  /**
   * Days in a week.
   *
   * @param values the pattern
   * @param period of the whole week, steps
   */
  record Weekly(double[] values, int period) {}

  /** Days of one shape, with another on the last one or two of 7 (or 4, 5, 12). */
  static Weekly weekly(Draws r, int n, int day) {
    int days = r.chance(0.85) ? 7 : r.one(4, 5, 12);
    int offset = r.whole(0, 400);
    SeasonShape work = SeasonShape.draw(r);
    SeasonShape rest = SeasonShape.draw(r);
    if (r.chance(0.7)) {
      rest = SeasonShape.mixed(r.uniform(0.2, 0.9), work, 0.2, rest);
    }
    int free = r.chance(0.7) ? 2 : 1;
    double lower = r.logUniform(0.05, 2);
    double spread = r.logUniform(0.02, 0.5);
    double[] level = r.gaussians(days);
    double[] x = new double[n];
    for (int t = 0; t < n; t++) {
      int step = t + offset;
      int today = step / day % days;
      double phase = (double) (step % day) / day;
      x[t] =
          spread * level[today] + (today >= days - free ? rest.at(phase) - lower : work.at(phase));
    }
    return new Weekly(x, day * days);
  }
}

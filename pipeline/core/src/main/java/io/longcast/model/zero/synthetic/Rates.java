package io.longcast.model.zero.synthetic;

/** Shares between 0 and 1, such as a processor's load, and meters that count up and reset. */
final class Rates implements Family {

  @Override
  public SyntheticSeries draw(Draws r, int n) {
    SyntheticSeries whole = new Composed().draw(r, n);
    double[] x = Curves.standardize(whole.values());
    if (r.chance(0.25)) {
      count(r, x);
    } else {
      squeeze(r, x);
    }
    return new SyntheticSeries(x, whole.first(), whole.second());
  }

  private static void squeeze(Draws r, double[] x) {
    double level = r.uniform(-3, 3);
    double steep = r.logUniform(0.3, 3);
    for (int t = 0; t < x.length; t++) {
      x[t] = 1 / (1 + Math.exp(-level - steep * x[t]));
    }
  }

  /** Sums up; about every third one resets to zero now and then. */
  private static void count(Draws r, double[] x) {
    double usual = r.uniform(0.5, 4);
    double reset = r.chance(0.35) ? r.logUniform(1e-3, 1e-2) : 0;
    double sum = 0;
    for (int t = 0; t < x.length; t++) {
      sum = r.chance(reset) ? 0 : sum + Math.max(0, usual + x[t]);
      x[t] = sum;
    }
  }
}

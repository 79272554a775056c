package io.longcast.model.zero.synthetic;

/**
 * Counts with a seasonal, drifting rate: Poisson or negative binomial, with extra zeros in some.
 */
final class Counts implements Family {

  @Override
  public SyntheticSeries draw(Draws r, int n) {
    int period = Season.period(r);
    boolean seasonal = r.chance(0.6);
    double[] log = new double[n];
    if (seasonal) {
      Curves.add(log, r.logUniform(0.2, 1.2), Season.plain(r, n, period));
    }
    Curves.add(log, r.logUniform(0.05, 0.6), Curves.smooth(r, n));
    double rate = r.logUniform(0.05, 60);
    double dispersion = r.chance(0.5) ? r.logUniform(0.5, 10) : 0;
    double kept = r.chance(0.4) ? r.uniform(0.1, 0.9) : 1;
    double[] x = new double[n];
    for (int t = 0; t < n; t++) {
      double mean = Math.min(1e5, rate * Math.exp(log[t]));
      if (dispersion > 0) {
        mean *= r.gamma(dispersion) / dispersion;
      }
      x[t] = r.chance(kept) ? r.poisson(mean) : 0;
    }
    return new SyntheticSeries(x, seasonal ? period : 0, 0);
  }
}

package io.longcast.model.zero.synthetic;

/** Series without a season: prices with volatility clusters, walks, AR noise, smooth processes. */
final class Walks implements Family {

  @Override
  public SyntheticSeries draw(Draws r, int n) {
    double[] x =
        switch (r.whole(0, 6)) {
          case 0 -> prices(r, n);
          case 1 -> garch(r, n);
          case 2 -> Curves.walk(r, n);
          case 3 -> Curves.noise(r, n);
          case 4 -> Curves.process(r, n);
          default -> processes(r, n);
        };
    return SyntheticSeries.plain(x);
  }

  private static double[] prices(Draws r, int n) {
    double[] volatility = Curves.smooth(r, n, 20);
    double drift = 3e-4 * r.gaussian();
    double[] x = new double[n];
    double log = 0;
    for (int t = 0; t < n; t++) {
      log += 0.012 * r.student(5) * Math.exp(0.6 * volatility[t]) + drift;
      x[t] = Math.exp(log);
    }
    return x;
  }

  /** GARCH(1, 1) returns (Bollerslev 1986). */
  private static double[] garch(Draws r, int n) {
    double arch = r.uniform(0.02, 0.2);
    double garch = r.uniform(0.6, 0.99 - arch);
    double usual = r.logUniform(0.004, 0.03);
    double variance = usual * usual;
    double[] x = new double[n];
    double log = 0;
    for (int t = 0; t < n; t++) {
      double e = Math.sqrt(variance) * r.gaussian();
      variance = usual * usual * (1 - arch - garch) + arch * e * e + garch * variance;
      log += e;
      x[t] = Math.exp(log);
    }
    return x;
  }

  private static double[] processes(Draws r, int n) {
    double[] x = Curves.process(r, n);
    Curves.add(x, r.logUniform(0.1, 1), Curves.process(r, n));
    Curves.add(x, r.logUniform(0.01, 0.5), Curves.noise(r, n));
    return x;
  }
}

package io.longcast.model.zero.synthetic;

/**
 * Yearly, quarterly and monthly economic series: growth that persists, changes slowly or at breaks,
 * a business cycle, small noise.
 */
final class Economic implements Family {
  private static final int[] SEASONS = {0, 0, 0, 0, 4, 4, 12, 12, 12};

  @Override
  public SyntheticSeries draw(Draws r, int n) {
    int season = r.one(SEASONS);
    double unit = season == 0 ? 1 : season == 4 ? 0.4 : 0.17;
    double ofGrowth = unit * r.logUniform(0.004, 0.06);
    double[] y = level(r, n, unit, ofGrowth);
    double error = ofGrowth * r.logUniform(0.05, 1.2);
    double amplitude = ofGrowth * r.logUniform(0.1, 6);
    double[] profile = r.gaussians(Math.max(1, season));
    int offset = r.whole(0, 64);
    boolean logs = r.chance(0.6);
    for (int t = 0; t < n; t++) {
      double v = y[t] + error * r.gaussian();
      if (season > 0) {
        v += amplitude * profile[(t + offset) % season];
      }
      y[t] = logs ? Math.exp(Math.max(-6, Math.min(6, v))) : v;
    }
    return new SyntheticSeries(y, season, 0);
  }

  private static double[] level(Draws r, int n, double unit, double ofGrowth) {
    double usual = r.chance(0.92) ? unit * r.logUniform(0.004, 0.09) * (r.chance(0.8) ? 1 : -1) : 0;
    double phi = r.chance(0.6) ? 1 - r.logUniform(0.01, 0.35) : 0.995;
    double walk = r.chance(0.8) ? ofGrowth * r.logUniform(0.05, 1.5) : 0;
    double shock = ofGrowth * Math.sqrt(1 - phi * phi + 1e-3);
    double breaks = 0.006 * (1 + 2 * unit);
    double[] y = new double[n];
    double growth = usual;
    double cycle = 0;
    double level = 0;
    for (int t = 0; t < n; t++) {
      if (r.chance(breaks)) {
        growth = usual * r.uniform(-0.7, 1.8);
      }
      growth = Math.max(-0.2, Math.min(0.2, growth - 0.002 * level * unit));
      cycle = phi * cycle + shock * r.gaussian();
      level += growth + cycle + walk * r.gaussian();
      y[t] = level;
    }
    return y;
  }
}

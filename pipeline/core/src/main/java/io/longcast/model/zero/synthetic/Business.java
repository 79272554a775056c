package io.longcast.model.zero.synthetic;

/**
 * Business series: a local linear trend in logarithms, a season of few cells, observation noise.
 */
final class Business implements Family {
  private static final int CELLS = 64;
  private static final int[] SEASONS = {0, 0, 4, 4, 12, 12, 12, 7, 52, 24};

  @Override
  public SyntheticSeries draw(Draws r, int n) {
    int season = r.one(SEASONS);
    double error = r.logUniform(0.005, 0.12);
    double[] y = level(r, n, error);
    Curves.add(y, error, Curves.noise(r, n));
    if (season > 0) {
      addSeason(r, y, season, error * r.logUniform(0.3, 8));
    }
    boolean logs = r.chance(0.8);
    for (int t = 0; t < n; t++) {
      double v = Math.max(-8, Math.min(8, y[t]));
      y[t] = logs ? Math.exp(v) : v;
    }
    return new SyntheticSeries(y, season, 0);
  }

  private static double[] level(Draws r, int n, double error) {
    double ofLevel = r.chance(0.85) ? error * r.logUniform(0.1, 1.2) : 0;
    double ofSlope = r.chance(0.65) ? ofLevel * r.logUniform(0.01, 0.6) : 0;
    double phi = r.chance(0.5) ? 1 - r.logUniform(0.005, 0.25) : 0.999;
    double slope = 0.3 * error * r.gaussian();
    double drift = r.chance(0.6) ? 0.15 * error * r.gaussian() : 0;
    double[] y = new double[n];
    double level = 0;
    for (int t = 0; t < n; t++) {
      slope = phi * slope + ofSlope * r.gaussian();
      level += slope + drift + ofLevel * r.gaussian();
      y[t] = level;
    }
    return y;
  }

  private static void addSeason(Draws r, double[] y, int season, double amplitude) {
    double[] profile = profile(r, season);
    double[] later = r.chance(0.3) ? profile(r, season) : profile;
    double[] change = Curves.smooth(r, y.length);
    int offset = r.whole(0, CELLS);
    for (int t = 0; t < y.length; t++) {
      int cell = (t + offset) % season;
      double w = later == profile ? 0 : 0.5 / (1 + Math.exp(-change[t]));
      y[t] += amplitude * (profile[cell] * (1 - w) + later[cell] * w);
    }
  }

  private static double[] profile(Draws r, int season) {
    if (r.chance(0.6)) {
      return r.gaussians(season);
    }
    SeasonShape shape = SeasonShape.draw(r);
    double[] x = new double[season];
    for (int i = 0; i < season; i++) {
      x[i] = shape.at((double) i / season);
    }
    return x;
  }
}

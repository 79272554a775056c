package io.longcast.model.zero.synthetic;

/** Trend, seasons and noise, added or multiplied. */
final class Composed implements Family {
  private static final int LONGEST_SECOND = 400;

  @Override
  public SyntheticSeries draw(Draws r, int n) {
    SyntheticSeries season = r.chance(0.72) ? seasons(r, n) : SyntheticSeries.plain(new double[n]);
    double[] trend = trend(r, n);
    double[] noise = noise(r, season.values());
    double[] x =
        r.chance(0.35)
            ? multiplied(r, trend, season.values(), noise)
            : added(trend, season.values(), noise);
    return new SyntheticSeries(x, season.first(), season.second());
  }

  private static SyntheticSeries seasons(Draws r, int n) {
    int period = Season.period(r);
    double[] x = Season.plain(r, n, period);
    double amplitude = r.logUniform(0.15, 3);
    for (int t = 0; t < n; t++) {
      x[t] *= amplitude;
    }
    if (r.chance(0.45) && period >= 4 && period <= 96) {
      Season.Weekly week = Season.weekly(r, n, period);
      double[] base = r.chance(0.6) ? new double[n] : x;
      Curves.add(base, r.logUniform(0.3, 3), week.values());
      return SyntheticSeries.of(base, period, week.period() <= LONGEST_SECOND ? week.period() : 0);
    }
    if (r.chance(0.25)) {
      int other = Season.period(r);
      Curves.add(x, r.logUniform(0.1, 1.5), Season.plain(r, n, other));
      return SyntheticSeries.of(x, period, other);
    }
    return SyntheticSeries.of(x, period, 0);
  }

  private static double[] trend(Draws r, int n) {
    double[] x = new double[n];
    double u = r.uniform(0, 1);
    if (u < 0.55) {
      Curves.add(x, r.logUniform(0.1, 8), Curves.trend(r, n));
    }
    if (u > 0.45 && u < 0.75) {
      Curves.add(x, r.logUniform(0.1, 3), Curves.process(r, n));
    }
    if (r.chance(0.12)) {
      Curves.add(x, r.logUniform(0.3, 4), Curves.shifts(r, n));
    }
    return x;
  }

  /** Its variance drifts in a fifth and follows the season in a seventh. */
  private static double[] noise(Draws r, double[] season) {
    int n = season.length;
    double[] x = new double[n];
    Curves.add(x, r.logUniform(0.01, 1.6), Curves.noise(r, n));
    if (r.chance(0.2)) {
      Curves.modulate(x, 0.8, Curves.smooth(r, n, r.whole(4, 40)));
    }
    if (r.chance(0.15)) {
      double squares = 0;
      for (double s : season) {
        squares += s * s / n;
      }
      Curves.modulate(x, 0.5 / (Math.sqrt(squares) + 0.3), season);
    }
    return x;
  }

  private static double[] added(double[] trend, double[] season, double[] noise) {
    double[] x = new double[trend.length];
    for (int t = 0; t < x.length; t++) {
      x[t] = trend[t] + season[t] + noise[t];
    }
    return x;
  }

  private static double[] multiplied(Draws r, double[] trend, double[] season, double[] noise) {
    double most = 0;
    for (double v : trend) {
      most = Math.max(most, Math.abs(v));
    }
    double growth = r.logUniform(0.05, 0.8) / (1 + 0.15 * most);
    double c = r.logUniform(0.1, 0.5);
    boolean logs = r.chance(0.6);
    double[] x = new double[trend.length];
    for (int t = 0; t < x.length; t++) {
      double level = Math.exp(growth * trend[t]);
      double together = Math.max(-3, Math.min(3, c * (season[t] + noise[t])));
      x[t] = logs ? level * Math.exp(together) : level * (1 + 0.6 * c * season[t]) + c * noise[t];
    }
    return x;
  }
}

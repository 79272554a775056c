package io.longcast.model.zero.synthetic;

/** A Markov chain of two to four regimes with their own level, noise and seasonal amplitude. */
final class Regimes implements Family {

  @Override
  public SyntheticSeries draw(Draws r, int n) {
    int regimes = r.whole(2, 5);
    double[] level = r.gaussians(regimes);
    double[] noise = new double[regimes];
    double[] amplitude = new double[regimes];
    for (int k = 0; k < regimes; k++) {
      level[k] *= 2;
      noise[k] = r.logUniform(0.02, 1);
      amplitude[k] = r.logUniform(0.1, 2);
    }
    int period = r.chance(0.6) ? Season.period(r) : 0;
    double[] season = period > 0 ? Season.plain(r, n, period) : new double[n];
    double[] error = Curves.noise(r, n);
    double change = 1 / r.logUniform(15, 400);
    double inertia = r.chance(0.5) ? r.uniform(0.5, 0.97) : 0;
    double[] x = new double[n];
    int now = 0;
    double reached = level[0];
    for (int t = 0; t < n; t++) {
      now = r.chance(change) ? r.whole(0, regimes) : now;
      reached = inertia * reached + (1 - inertia) * level[now];
      x[t] = reached + amplitude[now] * season[t] + noise[now] * error[t];
    }
    return new SyntheticSeries(x, period, 0);
  }
}

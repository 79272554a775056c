package io.longcast.model.zero.synthetic;

/** Demand in lots: times between demands and sizes of their own, fading out in some. */
final class Intermittent implements Family {

  @Override
  public SyntheticSeries draw(Draws r, int n) {
    double gap = r.logUniform(1.2, 20);
    double clustering = r.chance(0.4) ? r.uniform(0.3, 0.9) : 0;
    double size = r.logUniform(1, 200);
    double spread = r.logUniform(0.1, 1.2);
    double fade = r.chance(0.2) ? r.logUniform(0.3, 3) : 0;
    int from = r.whole(n / 4, n);
    double[] drift = Curves.smooth(r, n);
    double drifting = r.logUniform(0.05, 0.6);
    double[] x = new double[n];
    boolean demand = false;
    for (int t = 0; t < n; t++) {
      double usual = Math.exp(drifting * drift[t]) / gap;
      double p = demand ? usual + clustering * (1 - usual) : usual;
      if (t > from) {
        p *= Math.exp(-fade * (t - from) / (n / 4.0));
      }
      demand = r.chance(p);
      x[t] = demand ? Math.ceil(size * Math.exp(spread * r.gaussian())) : 0;
    }
    return SyntheticSeries.plain(x);
  }
}

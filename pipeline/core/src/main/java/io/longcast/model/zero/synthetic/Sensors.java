package io.longcast.model.zero.synthetic;

/** Machines and sensors: daylight, on-off control, charging, saturation. */
final class Sensors implements Family {

  @Override
  public SyntheticSeries draw(Draws r, int n) {
    return switch (r.whole(0, 4)) {
      case 0 -> daylight(r, n);
      case 1 -> thermostat(r, n);
      case 2 -> charging(r, n);
      default -> saturated(r, n);
    };
  }

  /** Zero at night, a bell by day, dimmed by clouds. */
  private static SyntheticSeries daylight(Draws r, int n) {
    int day = r.one(24, 24, 48, 96, 144);
    double night = r.uniform(-0.3, 0.5);
    double[] clouds = Curves.noise(r, n);
    double dimming = r.logUniform(0.1, 1);
    int offset = r.whole(0, day);
    double[] x = new double[n];
    for (int t = 0; t < n; t++) {
      double sun = Math.sin(2 * Math.PI * (t + offset) / day) - night;
      x[t] = Math.max(0, sun) / (1 + Math.exp(dimming * clouds[t]));
    }
    return new SyntheticSeries(x, day, 0);
  }

  /** Heats up to one limit, cools down to another, while the outside varies. */
  private static SyntheticSeries thermostat(Draws r, int n) {
    int period = r.chance(0.6) ? Season.period(r) : 0;
    double[] outside = period > 0 ? Season.plain(r, n, period) : Curves.process(r, n);
    double rate = r.logUniform(0.02, 0.4);
    double power = r.uniform(1.5, 4);
    double band = r.uniform(0.1, 1);
    double error = r.logUniform(0.01, 0.2);
    double[] x = new double[n];
    double now = 0;
    boolean on = false;
    for (int t = 0; t < n; t++) {
      on = now < -band || on && now < band;
      now += rate * ((on ? power : -power) + outside[t] - now);
      x[t] = now + error * r.gaussian();
    }
    return new SyntheticSeries(x, period, 0);
  }

  /** Linear up and down between random or regular turning points. */
  private static SyntheticSeries charging(Draws r, int n) {
    double up = r.logUniform(0.005, 0.2);
    double down = r.logUniform(0.005, 0.2);
    double jitter = r.uniform(0, 0.4);
    double error = r.logUniform(0.005, 0.1);
    double[] x = new double[n];
    double now = r.uniform(0, 1);
    double turn = 1;
    boolean rising = true;
    for (int t = 0; t < n; t++) {
      now += rising ? up : -down;
      if (rising ? now > turn : now < turn) {
        rising = !rising;
        turn = rising ? 1 - jitter * r.uniform(0, 1) : jitter * r.uniform(0, 1);
      }
      x[t] = now + error * r.gaussian();
    }
    return SyntheticSeries.plain(x);
  }

  /** A composed series that its sensor cannot follow beyond one or both limits. */
  private static SyntheticSeries saturated(Draws r, int n) {
    SyntheticSeries whole = new Composed().draw(r, n);
    double[] x = Curves.standardize(whole.values());
    double high = r.chance(0.7) ? r.uniform(0.3, 1.5) : Double.POSITIVE_INFINITY;
    double low = r.chance(0.5) ? r.uniform(-1.5, -0.3) : Double.NEGATIVE_INFINITY;
    for (int t = 0; t < n; t++) {
      x[t] = Math.max(low, Math.min(high, x[t]));
    }
    return new SyntheticSeries(x, whole.first(), whole.second());
  }
}

package io.longcast.generate;

/**
 * A weather station: fronts common to all stations of a seed reach each with its own weight;
 * temperature (°C) with day and year, pressure (hPa), relative humidity (%), wind (m/s).
 */
final class WeatherStream implements SeriesStream {
  private final Clock clock;
  private final Noise noise;
  private final Autoregression front;
  private final Autoregression local;
  private final Autoregression gusts;
  private final SensorFaults faults;
  private final double mean;
  private final double swing;
  private final double exposure;
  private final double height;
  private final String[] statics;

  WeatherStream(GenerateSpec spec, long number) {
    clock = new Clock(spec);
    noise = new Noise(spec.seed(), 1, number);
    front = new Autoregression(new Noise(spec.seed(), 2), clock.stepsIn(60));
    local = new Autoregression(new Noise(spec.seed(), 3, number), clock.stepsIn(18));
    gusts = new Autoregression(new Noise(spec.seed(), 4, number), clock.stepsIn(3));
    faults =
        new SensorFaults(spec.plan(number), new Noise(spec.seed(), 5, number), 1.0, 1.0, 4, 1.2);
    mean = noise.uniform(3, 18);
    swing = noise.uniform(5, 12);
    exposure = noise.uniform(0.4, 1);
    height = noise.uniform(0, 900);
    statics = new String[] {swing > 8.5 ? "continental" : "maritime"};
  }

  @Override
  public void next(long step, double[] values) {
    clock.moveTo(step);
    double passing = exposure * front.next() + 0.5 * local.next();
    double day = clock.daily(15) * (4 + 2 * clock.yearly(180));
    double temperature = mean + swing * clock.yearly(200) + day - 2.5 * passing;
    double wind = 3.5 + 1.8 * passing + 1.2 * gusts.next() + 0.5 * Math.max(0, clock.daily(14));
    values[0] = temperature + 0.3 * noise.gaussian();
    values[1] = 1013 - 0.11 * height - 7 * passing + 0.3 * noise.gaussian();
    values[2] = Math.max(5, Math.min(100, 68 - 2.2 * day + 9 * passing + 1.5 * noise.gaussian()));
    values[3] = Math.max(0, wind + 0.4 * noise.gaussian());
    faults.apply(step, values);
  }

  @Override
  public String[] statics() {
    return statics.clone();
  }
}

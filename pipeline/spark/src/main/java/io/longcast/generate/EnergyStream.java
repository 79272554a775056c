package io.longcast.generate;

/**
 * Load of a region in megawatts: two peaks a day, quiet weekends and holidays, heating in the cold
 * and cooling in the heat. Past covariate: temperature; known covariate: holiday (1 or 0).
 */
final class EnergyStream implements SeriesStream {
  private final Clock clock;
  private final Noise noise;
  private final Autoregression weather;
  private final Autoregression mood;
  private final SensorFaults faults;
  private final double base;
  private final double evening;
  private final double cold;
  private final String[] statics;

  EnergyStream(GenerateSpec spec, long number) {
    clock = new Clock(spec);
    noise = new Noise(spec.seed(), 1, number);
    weather = new Autoregression(new Noise(spec.seed(), 2, number), clock.stepsIn(72));
    mood = new Autoregression(new Noise(spec.seed(), 3, number), clock.stepsIn(12));
    base = StrictMath.exp(noise.uniform(4, 7));
    faults = new SensorFaults(spec.plan(number), new Noise(spec.seed(), 4, number), 0.06 * base);
    evening = noise.uniform(0.08, 0.18);
    cold = noise.uniform(4, 14);
    statics = new String[] {"region-" + (char) ('a' + noise.below(4))};
  }

  @Override
  public void next(long step, double[] values) {
    clock.moveTo(step);
    boolean holiday = GeneratedHolidays.contains(clock.date());
    double temperature = cold - 9 * clock.yearly(20) + 4 * clock.daily(15) + 3.5 * weather.next();
    double heating = 0.012 * Math.max(0, 15 - temperature) + 0.015 * Math.max(0, temperature - 22);
    double day = holiday || clock.isWeekend() ? 0.78 + 0.7 * shape() : 0.9 + shape();
    values[0] = base * (day + heating + 0.02 * mood.next() + 0.008 * noise.gaussian());
    values[1] = temperature;
    values[2] = holiday ? 1 : 0;
    faults.apply(step, values);
  }

  private double shape() {
    return 0.16 * clock.daily(13) + evening * bump(19, 2) + 0.08 * bump(8, 1.5);
  }

  private double bump(double hour, double width) {
    double d = (clock.hour() - hour) / width;
    return StrictMath.exp(-d * d / 2);
  }

  @Override
  public String[] statics() {
    return statics.clone();
  }
}

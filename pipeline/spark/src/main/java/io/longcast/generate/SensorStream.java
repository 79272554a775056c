package io.longcast.generate;

/**
 * A machine: its load follows the working day and week and its own slow process; temperature
 * follows the load with a delay, vibration, pressure and current with noise.
 */
final class SensorStream implements SeriesStream {
  private final Clock clock;
  private final Noise noise;
  private final Autoregression wander;
  private final SensorFaults faults;
  private final double level;
  private final double startHour;
  private final double warmth;
  private final String[] statics;
  private double heat;

  SensorStream(GenerateSpec spec, long number) {
    clock = new Clock(spec);
    noise = new Noise(spec.seed(), 1, number);
    wander = new Autoregression(new Noise(spec.seed(), 2, number), clock.stepsIn(6));
    faults =
        new SensorFaults(
            spec.plan(number), new Noise(spec.seed(), 3, number), 1.2, 0.12, 0.06, 0.45);
    level = noise.uniform(0.7, 1.3);
    startHour = noise.uniform(5, 8);
    warmth = 1 - StrictMath.exp(-1 / clock.stepsIn(1.5));
    statics =
        new String[] {
          "site-" + (char) ('a' + noise.below(5)), "model-" + (char) ('a' + noise.below(3))
        };
  }

  @Override
  public void next(long step, double[] values) {
    clock.moveTo(step);
    double load = level * (shift() + 0.08 * wander.next());
    heat += warmth * (load - heat);
    values[0] = 35 + 25 * heat + 3 * clock.daily(15) + 0.4 * noise.gaussian();
    values[1] = 0.3 + 0.9 * load + 0.06 * noise.gaussian();
    values[2] = 5 + 0.4 * load + 0.03 * noise.gaussian();
    values[3] = 2 + 6 * load + 0.2 * noise.gaussian();
    faults.apply(step, values);
  }

  /** Share of full load that the working day asks for: half an hour up, ten hours, down again. */
  private double shift() {
    double into = clock.hour() - startHour;
    double ramp = Math.max(0, Math.min(1, Math.min(into, 10 - into) * 2));
    return (clock.isWeekend() ? 0.15 : 0.25) + (clock.isWeekend() ? 0.15 : 0.75) * ramp;
  }

  @Override
  public String[] statics() {
    return statics.clone();
  }
}

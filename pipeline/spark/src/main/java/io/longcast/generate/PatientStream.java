package io.longcast.generate;

/**
 * An electrocardiogram (mV): beats of five bell curves P, Q, R, S, T after McSharry et al. (IEEE
 * Trans. Biomed. Eng. 50, 2003), the rate breathing with the respiration. Arrhythmias: a premature
 * broad beat, a pause, a run of fast beats, irregular beats without P wave. Meant for intervals of
 * 4 to 20 ms.
 */
final class PatientStream implements SeriesStream {
  private static final double[] CENTRE = {-0.2, -0.035, 0, 0.035, 0.28};
  private static final double[] WIDTH = {0.028, 0.010, 0.012, 0.010, 0.055};
  private static final double[] HEIGHT = {0.14, -0.12, 1.1, -0.22, 0.3};

  /** A ventricular beat: no P, broad, T turned over. */
  private static final double[] BROAD_WIDTH = {0.028, 0.02, 0.045, 0.03, 0.07};

  private static final double[] BROAD_HEIGHT = {0, 0, 1.5, -0.5, -0.4};

  private final EpisodePlan plan;
  private final Noise noise;
  private final Autoregression baseline;
  private final double seconds;
  private final double period;
  private final double breath;
  private final String[] statics;
  private double sinceBeat;
  private double toBeat;
  private Shape previous = Shape.NORMAL;
  private Shape coming = Shape.NORMAL;

  private enum Shape {
    NORMAL,
    NO_P,
    BROAD
  }

  PatientStream(GenerateSpec spec, long number) {
    plan = spec.plan(number);
    noise = new Noise(spec.seed(), 1, number);
    seconds = spec.interval().toNanos() / 1e9;
    baseline = new Autoregression(new Noise(spec.seed(), 2, number), 2 / seconds);
    period = noise.uniform(0.65, 1.05);
    breath = noise.uniform(3.2, 5);
    statics = new String[] {"ward-" + (char) ('a' + noise.below(4))};
    toBeat = noise.uniform(0.1, period);
    sinceBeat = period - toBeat;
  }

  @Override
  public void next(long step, double[] values) {
    double phase = StrictMath.sin(2 * StrictMath.PI * step * seconds / breath);
    Episode episode = plan.at(step);
    if (episode != null && step == episode.start()) {
      strike(episode);
    }
    values[0] =
        beat(sinceBeat, previous)
            + beat(-toBeat, coming)
            + 0.04 * phase
            + 0.05 * baseline.next()
            + 0.012 * noise.gaussian();
    values[1] = phase + 0.05 * noise.gaussian();
    sinceBeat += seconds;
    toBeat -= seconds;
    if (toBeat <= 0) {
      turn(episode, phase);
    }
  }

  /** A single early beat, or one that does not come. */
  private void strike(Episode episode) {
    if (episode.is("premature-beat")) {
      toBeat = Math.min(toBeat, 0.05);
      coming = Shape.BROAD;
    } else if (episode.is("pause")) {
      toBeat += period * (1.2 + episode.strength());
    }
  }

  private void turn(Episode episode, double phase) {
    sinceBeat = -toBeat;
    previous = coming;
    boolean fast = episode != null && episode.is("tachycardia");
    boolean irregular = episode != null && episode.is("irregular");
    coming = irregular ? Shape.NO_P : Shape.NORMAL;
    double steady = period * (1 + 0.04 * phase + 0.02 * noise.gaussian());
    double pace =
        irregular ? noise.uniform(0.5, 1.4) : fast ? 0.5 : previous == Shape.BROAD ? 1.4 : 1;
    toBeat += steady * pace;
  }

  private static double beat(double time, Shape shape) {
    double[] width = shape == Shape.BROAD ? BROAD_WIDTH : WIDTH;
    double[] height = shape == Shape.BROAD ? BROAD_HEIGHT : HEIGHT;
    double sum = 0;
    for (int wave = shape == Shape.NO_P ? 1 : 0; wave < CENTRE.length; wave++) {
      double d = (time - CENTRE[wave]) / width[wave];
      if (Math.abs(d) < 6) {
        sum += height[wave] * StrictMath.exp(-d * d / 2);
      }
    }
    return sum;
  }

  @Override
  public String[] statics() {
    return statics.clone();
  }
}

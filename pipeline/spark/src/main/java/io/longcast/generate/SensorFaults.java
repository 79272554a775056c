package io.longcast.generate;

import java.util.List;

/** Distorts true values as a faulty sensor does. */
final class SensorFaults {
  static final List<String> KINDS =
      List.of("spike", "level-shift", "drift", "stuck", "noise-burst", "missing");

  private final EpisodePlan plan;
  private final Noise noise;
  private final double[] scale;
  private final double[] held;

  /**
   * @param plan of the series
   * @param noise for bursts
   * @param scale ordinary short-term deviation of each channel
   */
  SensorFaults(EpisodePlan plan, Noise noise, double... scale) {
    this.plan = plan;
    this.noise = noise;
    this.scale = scale;
    this.held = new double[scale.length];
  }

  /** Damages the channel that the plan names, in place. */
  void apply(long step, double[] values) {
    Episode episode = plan.at(step);
    double burst = noise.gaussian();
    if (episode != null) {
      int c = episode.channel();
      values[c] = damaged(episode, step, values[c], held[c], burst * scale[c]);
    }
    for (int c = 0; c < held.length; c++) {
      if (episode == null || episode.channel() != c) {
        held[c] = values[c];
      }
    }
  }

  private double damaged(Episode e, long step, double value, double held, double burst) {
    double size = e.sign() * scale[e.channel()];
    return switch (e.kind()) {
      case "spike" -> value + size * (8 + 6 * e.strength());
      case "level-shift" -> value + size * (4 + 3 * e.strength());
      case "drift" -> value + size * 8 * (step - e.start() + 1) / e.length();
      case "stuck" -> held;
      case "noise-burst" -> value + burst * (4 + 2 * e.strength());
      case "missing" -> Double.NaN;
      default -> throw new IllegalStateException("no such sensor fault: " + e.kind());
    };
  }
}

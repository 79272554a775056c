package io.longcast.generate;

/**
 * Traffic of one host per step: bytes, packets, connections, distinct ports, failed logins; busy by
 * day, with self-excited bursts; a server's day is flatter than a desk's.
 */
final class NetworkStream implements SeriesStream {
  private final Clock clock;
  private final EpisodePlan plan;
  private final Noise noise;
  private final Autoregression demand;
  private final double size;
  private final double day;
  private final String[] statics;

  NetworkStream(GenerateSpec spec, long number) {
    clock = new Clock(spec);
    plan = spec.plan(number);
    noise = new Noise(spec.seed(), 1, number);
    demand = new Autoregression(new Noise(spec.seed(), 2, number), clock.stepsIn(0.5));
    int role = noise.below(3);
    day = new double[] {1.6, 0.6, 0.25}[role];
    size = noise.uniform(3, 4) + role;
    statics = new String[] {new String[] {"desk", "office", "server"}[role]};
  }

  @Override
  public void next(long step, double[] values) {
    clock.moveTo(step);
    double busy = day * clock.daily(13.5) - (clock.isWeekend() ? day : 0) + 0.5 * demand.next();
    double connections = StrictMath.exp(size + busy + 0.1 * noise.gaussian());
    double packets = connections * StrictMath.exp(2.6 + 0.15 * noise.gaussian());
    values[0] = packets * StrictMath.exp(6.3 + 0.1 * noise.gaussian());
    values[1] = packets;
    values[2] = connections;
    values[3] = 3 + 2 * StrictMath.sqrt(connections) * StrictMath.exp(0.1 * noise.gaussian());
    values[4] = Math.max(0, 0.3 * StrictMath.sqrt(connections) + noise.gaussian());
    Episode episode = plan.at(step);
    if (episode != null) {
      attack(episode, values);
    }
    for (int c = 0; c < values.length; c++) {
      values[c] = StrictMath.rint(values[c]);
    }
  }

  private static void attack(Episode episode, double[] values) {
    double force = 1 + episode.strength();
    switch (episode.kind()) {
      case "flood" -> {
        values[1] *= 12 * force;
        values[0] += values[1] * 60;
        values[2] *= 8 * force;
      }
      case "scan" -> {
        values[3] += 400 * force;
        values[2] += 500 * force;
        values[1] += 1000 * force;
      }
      case "brute-force" -> values[4] += 60 * force;
      case "exfiltration" -> values[0] *= 5 * force;
      case "outage" -> java.util.Arrays.fill(values, 0);
      default -> throw new IllegalStateException("no such attack: " + episode.kind());
    }
  }

  @Override
  public String[] statics() {
    return statics.clone();
  }
}

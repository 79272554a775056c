package io.longcast.generate;

/**
 * A share: return = beta · market + own, each with volatility that clusters (GARCH(1,1), Bollerslev
 * 1986) and heavy tails; volume rises with the size of the move. All shares of a seed see the same
 * market.
 */
final class StockStream implements SeriesStream {
  private final EpisodePlan plan;
  private final Noise noise;
  private final Volatility market;
  private final Volatility own;
  private final Autoregression interest;
  private final double beta;
  private final double turnover;
  private final String[] statics;
  private double logPrice;

  StockStream(GenerateSpec spec, long number) {
    plan = spec.plan(number);
    noise = new Noise(spec.seed(), 1, number);
    market = new Volatility(new Noise(spec.seed(), 2), 0.009);
    own = new Volatility(new Noise(spec.seed(), 3, number), 0.012);
    interest = new Autoregression(new Noise(spec.seed(), 4, number), 15);
    beta = noise.uniform(0.5, 1.6);
    turnover = noise.uniform(11, 16);
    logPrice = noise.uniform(2.5, 6);
    statics = new String[] {"sector-" + (char) ('a' + noise.below(8))};
  }

  @Override
  public void next(long step, double[] values) {
    Episode episode = plan.at(step);
    double burst = episode != null && episode.is("volatility-burst") ? 4 : 1;
    double jump =
        episode != null && episode.is("jump")
            ? episode.sign() * (0.15 + 0.15 * episode.strength())
            : 0;
    double move = 2e-4 + beta * market.next() + burst * own.next() + jump;
    logPrice += move;
    double crowd = episode != null && episode.is("volume-spike") ? 2.5 : 0;
    double busy = 0.4 * interest.next() + 12 * Math.abs(move) + crowd + 0.25 * noise.gaussian();
    values[0] = StrictMath.exp(logPrice);
    values[1] = StrictMath.rint(StrictMath.exp(turnover + busy));
  }

  @Override
  public String[] statics() {
    return statics.clone();
  }

  /** Returns whose variance remembers: GARCH(1,1) with α = 0.09, β = 0.89. */
  private static final class Volatility {
    private final Noise noise;
    private final double calm;
    private double variance;

    Volatility(Noise noise, double deviation) {
      this.noise = noise;
      this.calm = deviation * deviation;
      this.variance = calm;
    }

    double next() {
      double shock = StrictMath.sqrt(variance) * noise.heavyTailed();
      variance = Math.min(100 * calm, 0.02 * calm + 0.09 * shock * shock + 0.89 * variance);
      return shock;
    }
  }
}

package io.longcast.generate;

/** A first-order autoregressive process of variance 1: what drifts slowly and comes back. */
final class Autoregression {
  private final Noise noise;
  private final double keep;
  private final double fresh;
  private double value;

  /**
   * @param noise its own stream
   * @param memory steps until a shock has decayed to 1/e
   */
  Autoregression(Noise noise, double memory) {
    this.noise = noise;
    this.keep = StrictMath.exp(-1 / Math.max(memory, 1e-3));
    this.fresh = StrictMath.sqrt(1 - keep * keep);
    this.value = noise.gaussian();
  }

  double next() {
    value = keep * value + fresh * noise.gaussian();
    return value;
  }
}

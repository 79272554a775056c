package io.longcast.generate;

/**
 * A seeded stream of random numbers, the same on every platform: SplitMix64 (Steele, Lea and Flood
 * 2014) and StrictMath.
 */
public final class Noise {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;
  private double spare = Double.NaN;

  public Noise(long seed, long... keys) {
    state = hash(seed, keys);
  }

  /** A hash of a seed and keys; close keys give unrelated values. */
  public static long hash(long seed, long... keys) {
    long h = mix(seed + GAMMA);
    for (long key : keys) {
      h = mix(h * 0xD6E8FEB86659FD93L + key + GAMMA);
    }
    return h;
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  private long bits() {
    state += GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  public double uniform() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [from, to). */
  public double uniform(double from, double to) {
    return from + (to - from) * uniform();
  }

  /** Uniform in 0 … bound − 1. */
  public int below(int bound) {
    return (int) (uniform() * bound);
  }

  /** Standard normal, by Marsaglia's polar method. */
  public double gaussian() {
    if (!Double.isNaN(spare)) {
      double value = spare;
      spare = Double.NaN;
      return value;
    }
    double u;
    double v;
    double s;
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
    spare = v * factor;
    return u * factor;
  }

  /** Student's t with 4 degrees of freedom, scaled to variance 1. */
  public double heavyTailed() {
    double chi = 0;
    for (int i = 0; i < 4; i++) {
      double g = gaussian();
      chi += g * g;
    }
    return gaussian() / StrictMath.sqrt(chi / 4) * 0.70710678;
  }
}

package io.longcast.train.round;

/** Seeds derived from the run's seed, shard and step. */
public final class Seeds {
  private Seeds() {}

  public static long dropout(long seed, int shard, long step) {
    return mix(mix(mix(seed) + shard) + step);
  }

  /** A bijection that spreads neighbouring numbers (the finalizer of SplitMix64). */
  public static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

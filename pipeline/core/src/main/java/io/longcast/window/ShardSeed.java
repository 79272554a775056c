package io.longcast.window;

/**
 * What the order of windows of one shard is derived from.
 *
 * @param seed the run's seed
 * @param shard the shard's number
 */
public record ShardSeed(long seed, int shard) {

  /** A 64-bit key for draw or epoch {@code index}: a well-mixed function of all three. */
  long key(long index) {
    return mix(mix(seed + 0x9E3779B97F4A7C15L * (shard + 1)) ^ mix(index + 0x632BE59BD9B4E019L));
  }

  /** The finalizer of splitmix64 (Steele, Lea, Flood 2014). */
  public static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}

package io.longcast.window;

/**
 * A pseudo-random permutation of {@code 0 .. size - 1} computed by index in constant memory: a
 * balanced Feistel network over the next even power of two, walked along its cycle until it lands
 * inside (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002). On average fewer than
 * four walks are needed.
 */
final class Permutation {
  private static final int ROUNDS = 6;

  private final long size;
  private final int halfBits;
  private final long mask;
  private final long[] keys = new long[ROUNDS];

  Permutation(long size, long key) {
    if (size < 1 || size > 1L << 60) {
      throw new IllegalArgumentException(
          "a permutation's size must be in [1, 2^60], found " + size);
    }
    this.size = size;
    int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(size - 1));
    halfBits = (bits + 1) / 2;
    mask = (1L << halfBits) - 1;
    for (int r = 0; r < ROUNDS; r++) {
      keys[r] = ShardSeed.mix(key + (r + 1) * 0x9E3779B97F4A7C15L);
    }
  }

  /** Where index {@code i} goes. */
  long at(long i) {
    long x = i;
    do {
      x = encrypt(x);
    } while (x >= size);
    return x;
  }

  private long encrypt(long x) {
    long left = x >>> halfBits;
    long right = x & mask;
    for (long key : keys) {
      long next = left ^ (ShardSeed.mix(right ^ key) & mask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }
}

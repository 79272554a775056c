package io.longcast.logs.sequence;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Artificial faults of normal sessions, to estimate without labels what a check would find. */
final class Corruption {
  private static final int REPEATS = 3;

  private Corruption() {}

  /** One key left out, one repeated, and an early end; each at a place of the seed. */
  static List<int[]> of(int[] session, long seed) {
    if (session.length < 2) {
      return List.of();
    }
    SplittableRandom random = new SplittableRandom(seed);
    int at = random.nextInt(session.length);
    int twice = random.nextInt(session.length);
    return List.of(
        join(Arrays.copyOf(session, at), Arrays.copyOfRange(session, at + 1, session.length)),
        repeat(session, twice),
        Arrays.copyOf(session, 1 + random.nextInt(session.length - 1)));
  }

  private static int[] repeat(int[] session, int at) {
    int[] loop = new int[REPEATS];
    Arrays.fill(loop, session[at]);
    return join(
        join(Arrays.copyOf(session, at), loop), Arrays.copyOfRange(session, at, session.length));
  }

  private static int[] join(int[] a, int[] b) {
    int[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }
}

package io.longcast.series;

import java.util.Arrays;

/** Bit sets as words of 64, bit {@code i} in word {@code i >> 6}. */
final class Bits {
  private Bits() {}

  /**
   * The bits {@code [from, to)} moved to 0, or null where they are all set (or none were given).
   */
  static long[] slice(long[] bits, int from, int to) {
    if (bits == null) {
      return null;
    }
    long[] out = new long[(to - from + 63) >> 6];
    int shift = from & 63;
    for (int w = 0; w < out.length; w++) {
      int source = (from >> 6) + w;
      out[w] = bits[source] >>> shift;
      if (shift != 0 && source + 1 < bits.length) {
        out[w] |= bits[source + 1] << (64 - shift);
      }
    }
    clearPast(out, to - from);
    return Arrays.stream(out).mapToInt(Long::bitCount).sum() == to - from ? null : out;
  }

  /** The first {@code length} bits of one set, then those of another; null where all are set. */
  static long[] join(long[] bits, int length, long[] next, int nextLength) {
    if (bits == null && next == null) {
      return null;
    }
    long[] out = new long[(length + nextLength + 63) >> 6];
    for (int i = 0; i < length + nextLength; i++) {
      long[] from = i < length ? bits : next;
      int at = i < length ? i : i - length;
      long bit = from == null ? 1 : from[at >> 6] >>> (at & 63) & 1;
      out[i >> 6] |= bit << (i & 63);
    }
    return out;
  }

  private static void clearPast(long[] words, int length) {
    if ((length & 63) != 0) {
      words[words.length - 1] &= -1L >>> (64 - (length & 63));
    }
  }
}

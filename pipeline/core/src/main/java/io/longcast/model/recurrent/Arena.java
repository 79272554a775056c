package io.longcast.model.recurrent;

/**
 * Plans one float array: parts are taken first, then the array is made once. Every part begins on a
 * multiple of 16 floats.
 */
final class Arena {
  static final int LINE = 16;

  /** An array of this size starts 16 bytes into a region of the heap; this aligns its parts. */
  private long length = 12;

  private float[] floats;

  /** Rounds up to whole lines. */
  static int padded(int size) {
    return Math.toIntExact(roundUp(size));
  }

  private static long roundUp(long size) {
    return (size + LINE - 1) / LINE * LINE;
  }

  /** Takes a part and returns its offset. */
  int take(long size) {
    long at = length;
    length += roundUp(size);
    if (length > Integer.MAX_VALUE - 1024) {
      throw new IllegalArgumentException(
          "batch x steps x units must fit one array of 2^31 floats, found " + length);
    }
    return (int) at;
  }

  /** The array; parts can no longer be taken. */
  float[] floats() {
    if (floats == null) {
      floats = new float[(int) length];
    }
    return floats;
  }
}

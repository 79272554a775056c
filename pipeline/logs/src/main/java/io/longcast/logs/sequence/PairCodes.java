package io.longcast.logs.sequence;

import java.util.stream.IntStream;

/**
 * Numbers of pairs of neighbouring keys: {@code (before + 1) · (keys + 2) + (key + 1)}. A key
 * outside the vocabulary has the code 0; the number {@code keys} is the edge, before the first key
 * and after the last.
 *
 * @param keys size of the vocabulary
 */
public record PairCodes(int keys) {

  /** The number of a pair; {@code keys} is the edge. */
  public int code(int before, int key) {
    return code(before) * (keys + 2) + code(key);
  }

  private int code(int key) {
    return key == keys ? keys + 1 : key < 0 || key > keys ? 0 : key + 1;
  }

  /** The second key of a pair, {@link SessionSet#UNSEEN} for one outside the vocabulary. */
  public int key(int code) {
    return decoded(code % (keys + 2));
  }

  /** The first key of a pair. */
  public int before(int code) {
    return decoded(code / (keys + 2));
  }

  private int decoded(int one) {
    return one == keys + 1 ? keys : one - 1;
  }

  /** The key at a position, the edge outside the session. */
  int at(int[] session, int position) {
    boolean outside = position < 0 || position >= session.length;
    return outside ? keys : session[position] >= keys ? SessionSet.UNSEEN : session[position];
  }

  /** The pairs of a session from its start to its end, one more than it has keys. */
  public IntStream of(int[] session) {
    return IntStream.rangeClosed(0, session.length)
        .map(i -> code(at(session, i - 1), at(session, i)));
  }
}

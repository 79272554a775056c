package io.longcast.anomaly.logs.sequence;

import java.util.BitSet;
import java.util.Optional;

/**
 * Every pair of neighbouring keys, start and end included, must have occurred in a normal session:
 * a baseline that a language model must beat.
 *
 * @param keys size of the vocabulary
 * @param chance that a normal session shows a new pair
 * @param pairs bit (first + 1) · (keys + 2) + (second + 1); 0 is an unseen key, keys + 1 the edge
 */
public record TwoGramCheck(int keys, double chance, BitSet pairs) implements SessionCheck {

  /** The pairs of the normal sessions. */
  public static TwoGramCheck fit(SessionSet normal) {
    TwoGramCheck check = new TwoGramCheck(normal.keys(), newPairRate(normal), new BitSet());
    normal.sequences().forEach(session -> check.pairs.or(check.pairsOf(session)));
    return check;
  }

  /**
   * The share of normal sessions that show a pair no other session has: by Good and Turing about
   * the chance that a new normal session is alarmed.
   */
  public static double newPairRate(SessionSet normal) {
    TwoGramCheck pairs = new TwoGramCheck(normal.keys(), 1, new BitSet());
    return normal.chanceOfNew(session -> pairs.pairsOf(session).stream());
  }

  private BitSet pairsOf(int[] session) {
    BitSet own = new BitSet();
    for (int i = 0; i <= session.length; i++) {
      own.set(pair(session, i));
    }
    return own;
  }

  private int pair(int[] session, int second) {
    return code(key(session, second - 1)) * (keys + 2) + code(key(session, second));
  }

  /** The key at a position, the edge's number outside the session. */
  private int key(int[] session, int position) {
    boolean outside = position < 0 || position >= session.length;
    return outside ? keys : session[position] >= keys ? SessionSet.UNSEEN : session[position];
  }

  private int code(int key) {
    return key == keys ? keys + 1 : key < 0 || key > keys ? 0 : key + 1;
  }

  @Override
  public Optional<SessionFinding> check(int[] session) {
    for (int i = 0; i <= session.length; i++) {
      if (!isSeen(key(session, i - 1), key(session, i))) {
        return Optional.of(finding(i, i == session.length));
      }
    }
    return Optional.empty();
  }

  /** Whether a normal session has the two keys as neighbours; {@code keys} stands for its edges. */
  public boolean isSeen(int before, int key) {
    return pairs.get(code(before) * (keys + 2) + code(key));
  }

  /** What is said of a pair that was not seen. */
  public SessionFinding finding(int position, boolean end) {
    String what = end ? "an end after this message" : "this message here";
    return new SessionFinding("two-gram", position, what + " is in no normal session", chance);
  }
}

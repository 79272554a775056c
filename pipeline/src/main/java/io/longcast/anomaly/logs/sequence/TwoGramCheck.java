package io.longcast.anomaly.logs.sequence;

import java.util.BitSet;
import java.util.Optional;

/**
 * Every pair of neighbouring keys, start and end included, must have occurred in a normal session:
 * a baseline that a language model must beat.
 *
 * @param keys size of the vocabulary
 * @param pairs bit (first + 1) · (keys + 2) + (second + 1); 0 is an unseen key, keys + 1 the edge
 */
public record TwoGramCheck(int keys, BitSet pairs) implements SessionCheck {

  /** The pairs of the normal sessions. */
  public static TwoGramCheck fit(SessionSet normal) {
    TwoGramCheck check = new TwoGramCheck(normal.keys(), new BitSet());
    for (int[] session : normal.sequences()) {
      for (int i = 0; i <= session.length; i++) {
        check.pairs.set(check.pair(session, i));
      }
    }
    return check;
  }

  private int pair(int[] session, int second) {
    return code(session, second - 1) * (keys + 2) + code(session, second);
  }

  private int code(int[] session, int position) {
    if (position < 0 || position >= session.length) {
      return keys + 1;
    }
    return session[position] >= keys ? 0 : session[position] + 1;
  }

  @Override
  public Optional<SessionFinding> check(int[] session) {
    for (int i = 0; i <= session.length; i++) {
      if (!pairs.get(pair(session, i))) {
        String what = i == session.length ? "an end after this message" : "this message here";
        return Optional.of(new SessionFinding("two-gram", i, what + " is in no normal session"));
      }
    }
    return Optional.empty();
  }
}

package io.longcast.logs.sequence;

import java.util.BitSet;
import java.util.Optional;

/**
 * Every pair of neighbouring keys, start and end included, must have occurred in a normal session:
 * a baseline that a language model must beat.
 *
 * @param keys size of the vocabulary
 * @param chance that a normal session shows a new pair
 * @param pairs bits by the numbers of {@link PairCodes}
 */
public record TwoGramCheck(int keys, double chance, BitSet pairs) implements SessionCheck {

  /** The pairs of the normal sessions. */
  public static TwoGramCheck fit(SessionSet normal) {
    return fit(SessionTotals.of(normal));
  }

  /** The same by what was counted of them. */
  public static TwoGramCheck fit(SessionTotals normal) {
    return new TwoGramCheck(normal.keys(), normal.newPairRate(), normal.pairBits());
  }

  @Override
  public Optional<SessionFinding> check(int[] session) {
    PairCodes codes = new PairCodes(keys);
    for (int i = 0; i <= session.length; i++) {
      if (!isSeen(codes.at(session, i - 1), codes.at(session, i))) {
        return Optional.of(finding(i, i == session.length));
      }
    }
    return Optional.empty();
  }

  /** Whether a normal session has the two keys as neighbours; {@code keys} denotes its edges. */
  public boolean isSeen(int before, int key) {
    return pairs.get(new PairCodes(keys).code(before, key));
  }

  /** The reason reported for an unseen pair. */
  public SessionFinding finding(int position, boolean end) {
    String what = end ? "an end after this message" : "this message here";
    return new SessionFinding("two-gram", position, what + " is in no normal session", chance);
  }
}

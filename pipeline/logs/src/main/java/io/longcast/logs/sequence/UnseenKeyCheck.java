package io.longcast.logs.sequence;

import java.util.Optional;

/**
 * Every key must have occurred in a normal session.
 *
 * @param seen by key
 * @param chance that a normal session shows an unseen key: by Good and Turing the share of sessions
 *     with a unique key
 */
public record UnseenKeyCheck(boolean[] seen, double chance) implements SessionCheck {

  /** The keys of the normal sessions. */
  public static UnseenKeyCheck fit(SessionSet normal) {
    return fit(SessionTotals.of(normal));
  }

  /** The same by what was counted of them. */
  public static UnseenKeyCheck fit(SessionTotals normal) {
    return new UnseenKeyCheck(normal.seen(), normal.newKeyRate());
  }

  @Override
  public Optional<SessionFinding> check(int[] session) {
    for (int i = 0; i < session.length; i++) {
      if (!isSeen(session[i])) {
        return Optional.of(finding(i));
      }
    }
    return Optional.empty();
  }

  /** Whether a normal session has the key. */
  public boolean isSeen(int key) {
    return key >= 0 && key < seen.length && seen[key];
  }

  /** The reason reported for an unseen key. */
  public SessionFinding finding(int position) {
    return new SessionFinding(
        "unseen-key", position, "a message that no normal session has", chance);
  }
}

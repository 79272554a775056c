package io.longcast.anomaly.logs.sequence;

import java.util.Optional;

/**
 * Every key must have occurred in a normal session.
 *
 * @param seen by key
 */
public record UnseenKeyCheck(boolean[] seen) implements SessionCheck {

  /** The keys of the normal sessions. */
  public static UnseenKeyCheck fit(SessionSet normal) {
    boolean[] seen = new boolean[normal.keys()];
    normal.sequences().forEach(session -> mark(session, seen));
    return new UnseenKeyCheck(seen);
  }

  private static void mark(int[] session, boolean[] seen) {
    for (int key : session) {
      seen[key] = true;
    }
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

  /** What is said of a key that was not seen. */
  public SessionFinding finding(int position) {
    return new SessionFinding("unseen-key", position, "a message that no normal session has");
  }
}

package io.longcast.logs.sequence;

import java.util.Optional;

/**
 * A session must not be shorter or longer than every normal one.
 *
 * @param shortest keys of the shortest normal session
 * @param longest keys of the longest
 * @param chance that a normal session is shorter or longer than all before
 */
public record LengthCheck(int shortest, int longest, double chance) implements SessionCheck {

  /** The range of the normal sessions' lengths. */
  public static LengthCheck fit(SessionSet normal) {
    return fit(SessionTotals.of(normal));
  }

  /** The same by what was counted of them. */
  public static LengthCheck fit(SessionTotals normal) {
    return new LengthCheck(
        normal.shortest(), normal.longest(), Math.min(1, 2.0 / (normal.sessions() + 1)));
  }

  @Override
  public Optional<SessionFinding> check(int[] session) {
    return check(session.length);
  }

  /** Whether a session of the given length is anomalous. */
  public Optional<SessionFinding> check(int length) {
    if (length >= shortest && length <= longest) {
      return Optional.empty();
    }
    return Optional.of(
        new SessionFinding(
            "length",
            Math.min(length, longest),
            "%d messages, normal are %d to %d".formatted(length, shortest, longest),
            chance));
  }
}

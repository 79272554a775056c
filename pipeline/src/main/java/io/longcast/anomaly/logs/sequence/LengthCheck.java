package io.longcast.anomaly.logs.sequence;

import java.util.Optional;

/**
 * A session must be as long as some normal one: a baseline.
 *
 * @param shortest keys of the shortest normal session
 * @param longest keys of the longest
 */
public record LengthCheck(int shortest, int longest) implements SessionCheck {

  /** The range of the normal sessions' lengths. */
  public static LengthCheck fit(SessionSet normal) {
    var lengths = normal.sequences().stream().mapToInt(session -> session.length);
    var range = lengths.summaryStatistics();
    return new LengthCheck(range.getMin(), range.getMax());
  }

  @Override
  public Optional<SessionFinding> check(int[] session) {
    if (session.length >= shortest && session.length <= longest) {
      return Optional.empty();
    }
    return Optional.of(
        new SessionFinding(
            "length",
            Math.min(session.length, longest),
            "%d messages, normal are %d to %d".formatted(session.length, shortest, longest)));
  }
}

package io.longcast.anomaly.logs.sequence;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The time between two neighbouring messages must not exceed the longest seen between them by more
 * than a factor. Pairs that were seen too seldom to know are left alone.
 *
 * @param longest milliseconds by pair {@code before · keys + key}, of pairs seen often enough
 * @param keys size of the vocabulary
 * @param factor at least 1
 */
public record GapCheck(Map<Integer, Long> longest, int keys, double factor)
    implements Serializable {
  /** With so many gaps seen, the next one exceeds them all with a chance of 2 %. */
  public static final long ENOUGH = 50;

  public GapCheck {
    longest = new HashMap<>(longest);
  }

  /** Where a session waits too long for the first time. */
  public Optional<SessionFinding> check(int[] session, long[] millis) {
    for (int i = 1; i < session.length; i++) {
      Optional<SessionFinding> late =
          check(i, session[i - 1], session[i], millis[i] - millis[i - 1]);
      if (late.isPresent()) {
        return late;
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a message comes too late.
   *
   * @param gap milliseconds since the message before
   */
  public Optional<SessionFinding> check(int position, int before, int key, long gap) {
    Long limit = key < 0 || before < 0 ? null : longest.get(before * keys + key);
    return limit == null || gap <= Math.max(1, limit) * factor
        ? Optional.empty()
        : Optional.of(
            new SessionFinding(
                "gap", position, "after %d ms, normal are up to %d ms".formatted(gap, limit)));
  }
}

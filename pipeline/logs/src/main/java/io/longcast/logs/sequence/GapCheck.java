package io.longcast.logs.sequence;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The time between two neighbouring messages must not exceed the longest seen between them by more
 * than the alarm budget grants. That one of {@code n} pairs exceeds its longest gap in {@code N}
 * sessions has a chance of about {@code n / N}; that it does so {@code f} times has one of {@code n
 * / N / f²}, for tails as heavy as those with the last finite variance. Pairs that were seen too
 * seldom to know are left alone.
 *
 * @param longest milliseconds by pair {@code before · keys + key}, of pairs seen often enough
 * @param keys size of the vocabulary
 * @param chance that a normal session exceeds a longest gap at all
 * @param budget share of normal sessions that may be alarmed, in [0, 1); 0 alarms none
 */
public record GapCheck(Map<Integer, Long> longest, int keys, double chance, double budget)
    implements Serializable {
  /** With this many gaps observed, the probability that the next one exceeds them all is 2 %. */
  public static final long ENOUGH = 50;

  public GapCheck {
    longest = new HashMap<>(longest);
    SettingChecks.shareBelowOne(budget, "logs.sequences.alarmBudget");
  }

  /** A check by the longest gaps of normal sessions. */
  public static GapCheck of(NormalSessions normal, double budget) {
    Map<Integer, Long> longest = normal.longestGaps();
    double chance = Math.min(1, longest.size() / (normal.all().sessions() + 1.0));
    return new GapCheck(longest, normal.all().keys(), chance, budget);
  }

  /** By how much the longest gap may be exceeded. */
  public double factor() {
    return Math.max(1, Math.sqrt(chance / budget));
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
    if (limit == null || gap <= Math.max(1, limit) * factor()) {
      return Optional.empty();
    }
    double excess = (double) gap / Math.max(1, limit);
    return Optional.of(
        new SessionFinding(
            "gap",
            position,
            "after %d ms, normal are up to %d ms".formatted(gap, limit),
            chance / (excess * excess)));
  }
}

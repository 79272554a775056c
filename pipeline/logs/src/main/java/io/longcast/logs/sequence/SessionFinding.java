package io.longcast.logs.sequence;

import io.longcast.state.StateFields;
import java.io.Serializable;

/**
 * Where and why a session departs from normal ones.
 *
 * @param check that found it: unseen-key, counts, length, two-gram, rank, end, gap
 * @param position of the key from 0; the length of the session denotes its end
 * @param reason why
 * @param chance share of normal sessions expected to show a finding like this one, in [0, 1]
 */
public record SessionFinding(String check, int position, FindingReason reason, double chance)
    implements Serializable {
  private static final int MAX_NAME = 64;
  private static final SessionFinding NOTHING = new SessionFinding("", 0, "", 0);

  /** A finding whose reason mentions no key. */
  public SessionFinding(String check, int position, String reason, double chance) {
    this(check, position, FindingReason.of(reason), chance);
  }

  /**
   * As a field of a state.
   *
   * @param now null where nothing was found; to restore one, any
   * @return null where nothing was found
   */
  public static SessionFinding field(StateFields fields, SessionFinding now) {
    if (!fields.flag(now != null)) {
      return null;
    }
    SessionFinding stored = now == null ? NOTHING : now;
    return new SessionFinding(
        fields.text(stored.check, MAX_NAME),
        fields.count(stored.position, Integer.MAX_VALUE),
        FindingReason.field(fields, stored.reason),
        fields.real(stored.chance));
  }

  /** How sure it is that the session is not normal: 1 less the chance of a normal one. */
  public double score() {
    return 1 - Math.min(1, Math.max(0, chance));
  }
}

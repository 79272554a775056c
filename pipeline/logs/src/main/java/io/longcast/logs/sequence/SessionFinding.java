package io.longcast.logs.sequence;

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

  /** A finding whose reason mentions no key. */
  public SessionFinding(String check, int position, String reason, double chance) {
    this(check, position, FindingReason.of(reason), chance);
  }

  /** How sure it is that the session is not normal: 1 less the chance of a normal one. */
  public double score() {
    return 1 - Math.min(1, Math.max(0, chance));
  }
}

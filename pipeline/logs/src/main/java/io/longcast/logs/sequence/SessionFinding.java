package io.longcast.logs.sequence;

import java.io.Serializable;

/**
 * Where and why a session departs from normal ones.
 *
 * @param check that found it: unseen-key, counts, length, two-gram, rank, end, gap
 * @param position of the key from 0; the length of the session stands for its end
 * @param reason in words
 * @param chance share of normal sessions expected to show a finding like this one, in [0, 1]
 */
public record SessionFinding(String check, int position, String reason, double chance)
    implements Serializable {

  /** How sure it is that the session is not normal: 1 less the chance of a normal one. */
  public double score() {
    return 1 - Math.min(1, Math.max(0, chance));
  }
}

package io.longcast.logs;

import io.longcast.logs.sequence.NormalSessions;
import java.io.Serializable;

/**
 * The one alarm budget of a log model, shared among the parts that may alarm, as shares of normal
 * sessions. A key that no normal session has is always an alarm: its expected rate is deducted
 * first. The remainder is divided evenly between content, order and timing; a check that is off
 * leaves its share to the others. If each check keeps to its share, all together keep to the
 * budget.
 *
 * @param budget in total
 * @param unseen expected of keys that no normal session has; may exceed the budget, which then
 *     leaves nothing to the others
 * @param content of counts, or of language model and lengths
 * @param pairs of neighbours; 0 where they vary too freely for a share
 * @param gaps between messages; 0 where messages have no times
 */
public record AlarmShares(double budget, double unseen, double content, double pairs, double gaps)
    implements Serializable {

  /**
   * Shares out a budget.
   *
   * @param newKeyRate chance that a normal session has a key that none before has
   * @param newPairRate the same of pairs: they take part if it is within their share
   * @param timed whether messages have times
   */
  public static AlarmShares of(
      double budget, double newKeyRate, double newPairRate, boolean timed) {
    double rest = Math.max(0, budget - newKeyRate);
    int others = timed ? 2 : 1;
    boolean steady = newPairRate <= rest / (others + 1);
    double share = rest / (steady ? others + 1 : others);
    return new AlarmShares(budget, newKeyRate, share, steady ? share : 0, timed ? share : 0);
  }

  /** Shares out a budget by what is known of normal sessions. */
  static AlarmShares of(double budget, NormalSessions normal) {
    return of(
        budget,
        normal.all().newKeyRate(),
        normal.all().newPairRate(),
        !normal.longestGaps().isEmpty());
  }

  /** Whether unseen keys alone are likelier than the whole budget. */
  public boolean isOverdrawn() {
    return unseen > budget;
  }
}

package io.longcast.logs;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * How sessions are scored: section {@code logs.sequences}.
 *
 * @param alarmBudget share of normal sessions that may be alarmed, in (0, 1); {@link AlarmShares}
 *     says which part may alarm how many. A device of 168 sessions a week has one false alarm a
 *     week at 0.006; default 0.003
 * @param countRange by which a count that varies too freely to be compared may leave the range
 *     seen, at least 1; default 2
 * @param rankTop most probable keys that the language model allows at each place at most, at least
 *     1; fewer where held-out normal sessions need fewer; default 10
 * @param folds of the cross-validation by which counts or language model are chosen, at least 2;
 *     default 5
 * @param distinctSessions most distinct normal sessions kept to learn from, the most frequent
 *     first; keys, pairs of neighbours and lengths are those of all; at least 1; default 100000
 */
public record SequenceSpec(
    double alarmBudget, double countRange, int rankTop, int folds, int distinctSessions)
    implements Serializable {
  public SequenceSpec {
    SettingChecks.require(
        alarmBudget > 0 && alarmBudget < 1, "logs.sequences.alarmBudget", "in (0, 1)", alarmBudget);
    SettingChecks.require(countRange >= 1, "logs.sequences.countRange", ">= 1", countRange);
    SettingChecks.atLeast(rankTop, 1, "logs.sequences.rankTop");
    SettingChecks.atLeast(folds, 2, "logs.sequences.folds");
    SettingChecks.atLeast(distinctSessions, 1, "logs.sequences.distinctSessions");
  }
}

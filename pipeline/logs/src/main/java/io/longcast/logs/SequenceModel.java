package io.longcast.logs;

import io.longcast.logs.language.KeyTrainer;
import io.longcast.logs.language.RankCheck;
import io.longcast.logs.language.RankFit;
import io.longcast.logs.sequence.CheckQuality;
import io.longcast.logs.sequence.CountVectorCheck;
import io.longcast.logs.sequence.CountVectorSpec;
import io.longcast.logs.sequence.GapCheck;
import io.longcast.logs.sequence.LengthCheck;
import io.longcast.logs.sequence.NearestSession;
import io.longcast.logs.sequence.NormalSessions;
import io.longcast.logs.sequence.TwoGramCheck;
import io.longcast.logs.sequence.UnseenKeyCheck;
import java.io.Serializable;

/**
 * What normal sessions look like. All but the language model follows from the sessions themselves.
 *
 * @param spec it was learned by
 * @param shares of the alarm budget
 * @param normal the sessions
 * @param unseen keys
 * @param counts vectors of the sessions; off where there were too few
 * @param pairs of neighbours; null where they vary too freely for their share
 * @param lengths of the sessions, in addition to the language model; null where sessions are scored
 *     by counts, or where a normal session is likelier to have a new length than to be alarmed by
 *     the model
 * @param gaps times between messages
 * @param nearest frequent sessions
 * @param ranks by the language model of keys
 * @param choice whether sessions are scored by counts or by the language model
 */
public record SequenceModel(
    SequenceSpec spec,
    AlarmShares shares,
    NormalSessions normal,
    UnseenKeyCheck unseen,
    CountVectorCheck counts,
    TwoGramCheck pairs,
    LengthCheck lengths,
    GapCheck gaps,
    NearestSession nearest,
    RankCheck ranks,
    Choice choice)
    implements Serializable {
  private static final int FREQUENT = 300;

  /**
   * Cross-validation results of the two checks of a session's content and of a simple baseline.
   *
   * @param byCounts whether sessions are scored by counts; otherwise by the language model
   * @param countsFalseAlarms share of held-out normal sessions that the counts alarm
   * @param countsFound share of damaged ones they find
   * @param modelFalseAlarms the same of the language model, with lengths where they join it
   * @param modelFound the same
   * @param baselineFalseAlarms the same of unseen keys and lengths alone
   * @param baselineFound the same of unseen keys and lengths alone
   * @param perplexity of held-out sessions under the language model
   */
  public record Choice(
      boolean byCounts,
      double countsFalseAlarms,
      double countsFound,
      double modelFalseAlarms,
      double modelFound,
      double baselineFalseAlarms,
      double baselineFound,
      double perplexity)
      implements Serializable {

    /**
     * Of the checks that keep to the budget on held-out normal sessions the one that finds more
     * damaged ones, counts where they find as many; if neither does, the one with fewer false
     * alarms. Counts only where the check is on.
     */
    static Choice of(
        boolean on, double budget, CheckQuality counts, CheckQuality baseline, RankFit model) {
      CheckQuality ranks = model.quality();
      boolean countsKeep = keeps(counts.falseAlarms(), budget, counts.sessions());
      boolean modelKeeps = keeps(ranks.falseAlarms(), budget, ranks.sessions());
      boolean isBetter =
          countsKeep == modelKeeps
              ? countsKeep
                  ? counts.found() >= ranks.found()
                  : counts.falseAlarms() <= ranks.falseAlarms()
              : countsKeep;
      return new Choice(
          on && isBetter,
          counts.falseAlarms(),
          counts.found(),
          model.quality().falseAlarms(),
          model.quality().found(),
          baseline.falseAlarms(),
          baseline.found(),
          model.perplexity());
    }

    /** Whether a rate that was measured on so many sessions may come from the budget. */
    private static boolean keeps(double falseAlarms, double budget, long sessions) {
      double noise = 2 * Math.sqrt(budget / sessions) + 1.0 / sessions;
      return falseAlarms <= budget + noise;
    }

    /** Share of held-out normal sessions that the chosen check alarms. */
    public double falseAlarms() {
      return byCounts ? countsFalseAlarms : modelFalseAlarms;
    }

    /** Whether the chosen check finds more damaged sessions than unseen keys and lengths alone. */
    public boolean beatsBaseline() {
      return (byCounts ? countsFound : modelFound) > baselineFound;
    }
  }

  /**
   * Whether the chosen check alarms no more held-out normal sessions than its share of the budget,
   * and what chance explains, allow.
   */
  public boolean keepsBudget() {
    double budget = shares.unseen() + shares.content();
    return Choice.keeps(choice.falseAlarms(), budget, normal.kept().total());
  }

  /** Learns from normal sessions. */
  public static SequenceModel fit(NormalSessions normal, SequenceSpec spec, KeyTrainer trainer) {
    AlarmShares shares = AlarmShares.of(spec.alarmBudget(), normal);
    CountVectorSpec vectors = new CountVectorSpec(shares.content(), spec.countRange());
    double ofLengths = LengthCheck.fit(normal.all()).chance();
    double ofModel = Math.max(0, shares.content() - ofLengths);
    RankFit model = RankFit.fit(normal.kept(), trainer, spec.rankTop(), ofModel);
    CheckQuality counts =
        CheckQuality.crossValidated(
            normal.kept(),
            spec.folds(),
            part -> UnseenKeyCheck.fit(part).or(CountVectorCheck.fit(part, vectors)));
    CheckQuality baseline =
        CheckQuality.crossValidated(
            normal.kept(),
            spec.folds(),
            part -> UnseenKeyCheck.fit(part).or(LengthCheck.fit(part)));
    boolean on = CountVectorCheck.fit(normal.kept(), normal.all().sessions(), vectors).isOn();
    double budget = shares.unseen() + shares.content();
    return of(spec, normal, model.check(), Choice.of(on, budget, counts, baseline, model));
  }

  /** The model of sessions with a language model and a choice made before. */
  static SequenceModel of(
      SequenceSpec spec, NormalSessions normal, RankCheck ranks, Choice choice) {
    AlarmShares shares = AlarmShares.of(spec.alarmBudget(), normal);
    LengthCheck lengths = LengthCheck.fit(normal.all());
    boolean seldom = lengths.chance() <= ranks.chance();
    CountVectorSpec vectors = new CountVectorSpec(shares.content(), spec.countRange());
    return new SequenceModel(
        spec,
        shares,
        normal,
        UnseenKeyCheck.fit(normal.all()),
        CountVectorCheck.fit(normal.kept(), normal.all().sessions(), vectors),
        shares.pairs() > 0 ? TwoGramCheck.fit(normal.all()) : null,
        seldom && !choice.byCounts() ? lengths : null,
        GapCheck.of(normal, shares.gaps()),
        NearestSession.of(normal.kept(), FREQUENT),
        ranks,
        choice);
  }
}

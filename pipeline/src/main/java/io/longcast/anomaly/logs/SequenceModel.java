package io.longcast.anomaly.logs;

import io.longcast.anomaly.logs.language.KeyTrainer;
import io.longcast.anomaly.logs.language.RankCheck;
import io.longcast.anomaly.logs.language.RankFit;
import io.longcast.anomaly.logs.sequence.CheckQuality;
import io.longcast.anomaly.logs.sequence.CountVectorCheck;
import io.longcast.anomaly.logs.sequence.GapCheck;
import io.longcast.anomaly.logs.sequence.LengthCheck;
import io.longcast.anomaly.logs.sequence.NearestSession;
import io.longcast.anomaly.logs.sequence.SessionSet;
import io.longcast.anomaly.logs.sequence.TwoGramCheck;
import io.longcast.anomaly.logs.sequence.UnseenKeyCheck;
import java.io.Serializable;
import java.util.Map;

/**
 * What normal sessions look like. All but the language model follows from the sessions themselves.
 *
 * @param spec it was learned by
 * @param normal the sessions
 * @param unseen keys
 * @param counts vectors of the sessions; off where there were too few
 * @param pairs of neighbours; null where they vary too freely for the alarm budget
 * @param lengths of the sessions, beside the language model; null where the counts judge, or where
 *     a normal session is likelier to have a new length than to be alarmed by the model
 * @param gaps times between messages
 * @param nearest frequent sessions
 * @param ranks by the language model of keys
 * @param choice whether the counts judge or the language model does
 */
public record SequenceModel(
    SequenceSpec spec,
    SessionSet normal,
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
   * What cross-validation said of the two checks of what happens in a session, and of a simple one.
   *
   * @param byCounts whether the counts judge; otherwise the language model does
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

    /** The counts judge where they can be on, keep the budget and find as much. */
    static Choice of(
        boolean on, double budget, CheckQuality counts, CheckQuality baseline, RankFit model) {
      double noise = 2 * Math.sqrt(budget / counts.sessions()) + 1.0 / counts.sessions();
      boolean within = counts.falseAlarms() <= budget + noise;
      return new Choice(
          on && within && counts.found() >= model.quality().found(),
          counts.falseAlarms(),
          counts.found(),
          model.quality().falseAlarms(),
          model.quality().found(),
          baseline.falseAlarms(),
          baseline.found(),
          model.perplexity());
    }

    /** Whether what judges finds more damaged sessions than unseen keys and lengths alone. */
    public boolean beatsBaseline() {
      return (byCounts ? countsFound : modelFound) > baselineFound;
    }
  }

  /** Learns from normal sessions; the longest gap of each pair of keys, in milliseconds. */
  public static SequenceModel fit(
      SessionSet normal, Map<Integer, Long> gaps, SequenceSpec spec, KeyTrainer trainer) {
    RankFit model = RankFit.fit(normal, trainer, spec.rankTop(), spec.checkBudget());
    CheckQuality counts =
        CheckQuality.crossValidated(
            normal,
            spec.folds(),
            part -> UnseenKeyCheck.fit(part).or(CountVectorCheck.fit(part, spec.counts())));
    CheckQuality baseline =
        CheckQuality.crossValidated(
            normal, spec.folds(), part -> UnseenKeyCheck.fit(part).or(LengthCheck.fit(part)));
    boolean on = CountVectorCheck.fit(normal, spec.counts()).isOn();
    return of(
        spec,
        normal,
        gaps,
        model.check(),
        Choice.of(on, spec.checkBudget(), counts, baseline, model));
  }

  /** The model of sessions with a language model and a choice made before. */
  static SequenceModel of(
      SequenceSpec spec,
      SessionSet normal,
      Map<Integer, Long> gaps,
      RankCheck ranks,
      Choice choice) {
    LengthCheck lengths = LengthCheck.fit(normal);
    boolean seldom = lengths.chance() <= ranks.chance();
    boolean steady = TwoGramCheck.newPairRate(normal) <= spec.checkBudget();
    return new SequenceModel(
        spec,
        normal,
        UnseenKeyCheck.fit(normal),
        CountVectorCheck.fit(normal, spec.counts()),
        steady ? TwoGramCheck.fit(normal) : null,
        seldom && !choice.byCounts() ? lengths : null,
        GapCheck.of(gaps, normal, spec.checkBudget()),
        NearestSession.of(normal, FREQUENT),
        ranks,
        choice);
  }
}

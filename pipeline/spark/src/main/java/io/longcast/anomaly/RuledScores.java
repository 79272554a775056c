package io.longcast.anomaly;

import io.longcast.anomaly.score.ComponentSpec;
import java.util.Arrays;

/**
 * Scores as operators want them. Verdicts move the surprisals of a channel against the threshold of
 * the series; a surprisal that reaches it and that a rule suppresses counts as none. Counts alarms
 * suppressed by each rule and by verdicts; steps of one rule that lie close together are one alarm.
 */
final class RuledScores implements StepScores {
  private final StepScores scores;
  private final AlarmRules.OfSeries rules;
  private final Expectations expectations;
  private final int mergeGap;
  private final double[] offsets;
  private final double[] surprisals;
  private final long[] suppressed;
  private final int[] last;

  /**
   * @param offsets what the surprisal of each channel has to exceed the threshold by
   * @param count of rules, the verdicts being the last
   * @param mergeGap steps between two alarms that are one
   */
  RuledScores(
      StepScores scores,
      AlarmRules.OfSeries rules,
      Expectations expectations,
      double[] offsets,
      int count,
      int mergeGap) {
    this.scores = scores;
    this.rules = rules;
    this.expectations = expectations;
    this.mergeGap = mergeGap;
    this.offsets = offsets;
    surprisals = new double[offsets.length];
    suppressed = new long[count];
    last = new int[count];
    Arrays.fill(last, Integer.MIN_VALUE / 2);
  }

  /** What the surprisal of each channel has to exceed the threshold by. */
  double[] offsets() {
    return offsets;
  }

  @Override
  public void next(int step) {
    scores.next(step);
  }

  /** Applies the rules to the step that was taken last. */
  void rule(int step, double threshold) {
    for (int c = 0; c < surprisals.length; c++) {
      double raw = scores.surprisal(c);
      surprisals[c] = raw > 0 ? Math.max(0, raw - offsets[c]) : 0;
      if (surprisals[c] >= threshold && !rules.isEmpty()) {
        int rule = rules.suppressing(c, step, expectations.expected(c, step), scores.part(c));
        if (rule >= 0) {
          surprisals[c] = 0;
          count(rule, step);
        }
      } else if (raw >= threshold && surprisals[c] < threshold) {
        count(suppressed.length - 1, step);
      }
    }
  }

  private void count(int rule, int step) {
    suppressed[rule] += step - last[rule] - 1 > mergeGap ? 1 : 0;
    last[rule] = step;
  }

  /** Alarms suppressed so far, by rule. */
  long[] suppressed() {
    return suppressed;
  }

  /** Whether a channel reaches a threshold of the series all the same. */
  boolean reaches(int channel, double threshold) {
    return surprisals[channel] >= threshold;
  }

  @Override
  public double surprisal() {
    double most = 0;
    for (double surprisal : surprisals) {
      most = Math.max(most, surprisal);
    }
    return most;
  }

  @Override
  public double surprisal(int channel) {
    return surprisals[channel];
  }

  @Override
  public ComponentSpec.Kind part(int channel) {
    return scores.part(channel);
  }

  @Override
  public double usualError(int channel) {
    return scores.usualError(channel);
  }

  @Override
  public int settledRows(int channel) {
    return scores.settledRows(channel);
  }

  @Override
  public double settled(int channel) {
    return scores.settled(channel);
  }
}

package io.longcast.anomaly.alarm;

import io.longcast.state.StateFields;
import java.io.Serializable;

/**
 * When a series alarms; the same for all series of a run.
 *
 * @param start threshold of the surprisal at the first step, above 0
 * @param perStep alarms that a step may raise on average, in (0, 1]
 * @param mergeGap steps below the threshold that do not yet end an event, at least 0
 * @param silence steps after an event without another one, at least 0
 * @param isControlled whether feedback controls the alarm rate; otherwise the threshold is constant
 * @param own initial thresholds of series that peak less often than the average
 */
public record AlarmRule(
    double start, double perStep, int mergeGap, int silence, boolean isControlled, OwnStart own)
    implements Serializable {
  /** Never alarms. */
  public static final AlarmRule NONE = new AlarmRule(Double.MAX_VALUE, 1, 0, 0, false);

  /** Small, because incidents count as well: a series with many is not to miss half of them. */
  private static final double GAIN = .08;

  private static final double HIGHEST = 3;
  private static final double LOWEST = .4;
  private static final double INTERVAL_SHARE = 1.0 / 16;

  /** All series start alike. */
  public AlarmRule(double start, double perStep, int mergeGap, int silence, boolean isControlled) {
    this(start, perStep, mergeGap, silence, isControlled, OwnStart.NONE);
  }

  /** The same with a share of the budget; what gaps are merged and where it starts stay. */
  public AlarmRule withBudget(double share) {
    return share == 1
        ? this
        : new AlarmRule(start, Math.min(1, perStep * share), mergeGap, silence, isControlled, own);
  }

  /** The rule that counts the peaks of a series, without feedback. */
  AlarmRule ofPeaks() {
    return new AlarmRule(own.level(), 1, mergeGap, silence, false);
  }

  /** Whether the initial threshold adapts to the series' own peaks. */
  boolean isOwn() {
    return isControlled && own.isOwn();
  }

  /**
   * Steps below the threshold that do not yet end an event: as asked, but at most a sixteenth of
   * the steps that the budget has for one event, so that merging cannot leave fewer than it.
   */
  public static int mergeGap(int asked, double perStep) {
    return (int) Math.min(asked, INTERVAL_SHARE / perStep);
  }

  /** Steps of an event after which it counts once more: those that the budget has for one. */
  long overlong() {
    return (long) Math.max(1, 1 / perStep);
  }

  /** What an event adds to the threshold. */
  double rise() {
    return isControlled ? GAIN * Math.max(start, 1) : 0;
  }

  /** What a step takes from it: as much as the budgeted events add. */
  double fall() {
    return rise() * perStep;
  }

  /** Upper bound of the threshold, so that a long incident cannot suppress later alarms. */
  double ceiling() {
    return HIGHEST * start;
  }

  /** Lower bound of the threshold, so that a quiet series does not alarm at normal steps. */
  double floor() {
    return LOWEST * start;
  }

  /** As a field of a state. */
  static AlarmRule field(StateFields fields, AlarmRule now) {
    return new AlarmRule(
        fields.real(now.start),
        fields.real(now.perStep),
        fields.count(now.mergeGap, Integer.MAX_VALUE),
        fields.count(now.silence, Integer.MAX_VALUE),
        fields.flag(now.isControlled),
        OwnStart.field(fields, now.own));
  }
}

package io.longcast.anomaly.alarm;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.function.BooleanSupplier;

/**
 * Turns the surprisal of each step of one series into events at a budgeted rate. Constant state.
 *
 * <p>An event begins at a step whose surprisal reaches the threshold and continues until more than
 * {@code mergeGap} steps stay below it; while it lasts the threshold it began with is held, so that
 * a long incident is one event and cannot be averaged away. Each event raises the threshold, each
 * step lowers it a little (an integral control of the count of events), between a floor and a
 * ceiling; a surprisal above the ceiling always alarms. After an event the series is silent for a
 * while. In addition, the initial threshold of a quiet series follows its own peaks ({@link
 * OwnStart}), because with a small budget feedback alone takes months to adapt to a quiet series.
 *
 * <p>An event longer than the steps that the budget has for one counts again each time they have
 * passed, and what holds it rises, but never above the start: a threshold that quiet steps have
 * lowered below the ordinary would otherwise begin an alarm that never ends.
 *
 * <p>Surprisals outlast what caused them, because scores remember. An event therefore ends as soon
 * as the values have been back within what was expected for more than three times {@code mergeGap}
 * steps, even while surprisals stay high; its last step is the last one that was off. Until
 * surprisals have fallen, only values that are off again begin another event.
 */
public final class AlarmRateController implements Serializable {
  private static final long serialVersionUID = 3L;

  private static final int STEPS_APART = 64;

  /** Merge gaps without a value that is off, after which an event is over. */
  private static final int RECOVERY = 3;

  private final AlarmRule rule;
  private final AlarmRateController peaks;
  private long steps;
  private long peaked;
  private double shift;
  private double threshold;
  private double held;
  private boolean open;
  private boolean recovered;
  private long counted;
  private long last;
  private long lastOff;
  private long silentUntil = Long.MIN_VALUE;

  /** A series at its first step. */
  public AlarmRateController(AlarmRule rule) {
    this.rule = rule;
    peaks = rule.isOwn() ? new AlarmRateController(rule.ofPeaks()) : null;
    threshold = rule.start();
  }

  /**
   * Continues under a rule that may have another budget. The learned threshold and an open event
   * are kept.
   */
  public AlarmRateController under(AlarmRule now) {
    if (now.equals(rule)) {
      return this;
    }
    AlarmRateController next = new AlarmRateController(now);
    if (now.isControlled() && rule.isControlled()) {
      double moved = now.start() + threshold - rule.start();
      next.threshold = Math.max(now.floor(), Math.min(now.ceiling(), moved));
    }
    next.held = held;
    next.open = open;
    next.recovered = recovered;
    next.counted = counted;
    next.last = last;
    next.lastOff = lastOff;
    next.silentUntil = silentUntil;
    next.steps = next.peaks == null ? 0 : steps;
    next.peaked = peaked;
    next.shift = next.steps == 0 ? 0 : now.own().start(peaked, steps) - now.start();
    return next;
  }

  /** Whether a step belongs to an event of its series. */
  public enum Verdict {
    /** Outside of events. */
    NORMAL,
    /** The first step of an event. */
    BEGINS,
    /** A later step of an event that reaches its threshold. */
    GOES_ON,
    /** A step below the threshold that may turn out to lie inside of an event. */
    PAUSES;

    /** Whether the step reached the threshold. */
    public boolean isAlarm() {
      return this == BEGINS || this == GOES_ON;
    }
  }

  /** The surprisal from which the next step is an alarm. */
  public double threshold() {
    return open ? held : standing();
  }

  private double standing() {
    return Math.max(rule.floor(), Math.min(rule.ceiling(), threshold + shift));
  }

  /** Takes the next step of a series whose values are not looked at. */
  public Verdict next(long step, double surprisal) {
    return next(step, surprisal, () -> false);
  }

  /**
   * Takes the next step.
   *
   * @param step its number in the series
   * @param surprisal at least 0
   * @param isBack whether its values are within what was expected before the event that began last;
   *     requested only where the surprisal is high after the first step of an event
   */
  public Verdict next(long step, double surprisal, BooleanSupplier isBack) {
    if (peaks != null) {
      follow(step, surprisal);
    }
    if (open && step - last - 1 > rule.mergeGap()) {
      open = false;
      silentUntil = last + 1 + rule.silence();
    }
    recovered = open && (recovered || step - lastOff - 1 > RECOVERY * rule.mergeGap());
    boolean reaches = surprisal >= threshold() && (open || step >= silentUntil);
    boolean isOff = reaches && !(open && isBack.getAsBoolean());
    boolean inEvent = open && !recovered;
    Verdict verdict =
        isOff
            ? inEvent ? Verdict.GOES_ON : Verdict.BEGINS
            : inEvent ? Verdict.PAUSES : Verdict.NORMAL;
    if (verdict == Verdict.BEGINS) {
      held = threshold();
      open = true;
      recovered = false;
      count(step);
    } else if (open && rule.isControlled() && step - counted >= rule.overlong()) {
      threshold = Math.max(threshold, held - shift);
      count(step);
      held = Math.max(held, Math.min(standing(), rule.start() + shift));
    }
    last = reaches ? step : last;
    lastOff = isOff ? step : lastOff;
    threshold = Math.max(rule.floor(), threshold - rule.fall());
    return verdict;
  }

  /** Whether surprisals have not yet fallen since the last event began, over or not. */
  public boolean isHigh() {
    return open;
  }

  /** Adapts the initial threshold to the frequency of the series' own peaks. */
  private void follow(long step, double surprisal) {
    peaked += peaks.next(step, surprisal) == Verdict.BEGINS ? 1 : 0;
    if (++steps % STEPS_APART == 0) {
      shift = rule.own().start(peaked, steps) - rule.start();
    }
  }

  private void count(long step) {
    counted = step;
    threshold = Math.min(rule.ceiling(), threshold + rule.rise());
  }

  /**
   * As a field of a state, with the rule it was saved under.
   *
   * @param now the control to save; to restore one, any
   */
  public static AlarmRateController field(StateFields fields, AlarmRateController now) {
    AlarmRule rule = AlarmRule.field(fields, now.rule);
    AlarmRateController control = rule.equals(now.rule) ? now : new AlarmRateController(rule);
    control.fields(fields);
    return control;
  }

  private void fields(StateFields fields) {
    if (peaks != null) {
      peaks.fields(fields);
    }
    steps = fields.number(steps);
    peaked = fields.number(peaked);
    shift = fields.real(shift);
    threshold = fields.real(threshold);
    held = fields.real(held);
    open = fields.flag(open);
    recovered = fields.flag(recovered);
    counted = fields.number(counted);
    last = fields.number(last);
    lastOff = fields.number(lastOff);
    silentUntil = fields.number(silentUntil);
  }
}

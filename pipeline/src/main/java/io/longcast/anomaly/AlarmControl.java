package io.longcast.anomaly;

/**
 * Holds the rate of alarms of one series at its budget.
 *
 * <p>Works on the surprise of a step, {@code -ln} of the smallest exceedance over its channels. The
 * threshold starts where the pooled tail would give the budget. Each scored step lowers it a
 * little, each alarm raises it, so that a series whose own tail is heavier than the fleet's settles
 * at the budget instead of alarming all day. It never falls below its start, so that a quiet series
 * is not driven to alarms, and never rises above {@value #CAP} times its start, so that a long
 * incident does not make the series deaf.
 */
final class AlarmControl {
  private static final double GAIN = .25;
  private static final double CAP = 3;

  private final double start;
  private final double rise;
  private final double fall;
  private final int silence;
  private double threshold;
  private long silentUntil = Long.MIN_VALUE;

  /**
   * @param probability of a false alarm that the budget leaves to one step of one channel
   * @param channels of the series
   * @param silence steps after an alarm without another
   */
  AlarmControl(double probability, int channels, int silence) {
    start = -Math.log(Math.min(probability, .5));
    rise = GAIN * Math.max(start, 1);
    fall = rise * probability * channels;
    this.silence = silence;
    threshold = start;
  }

  /** The exceedance at or below which the next step of a channel is an alarm. */
  double threshold() {
    return Math.exp(-threshold);
  }

  /**
   * Takes the next step.
   *
   * @param exceedance smallest over the channels that have one
   * @return whether the series alarms
   */
  boolean alarms(long step, double exceedance) {
    boolean silent = step < silentUntil;
    boolean alarm = !silent && -Math.log(exceedance) >= threshold;
    if (alarm) {
      threshold = Math.min(CAP * start, threshold + rise);
      silentUntil = step + 1 + silence;
    } else {
      threshold = Math.max(start, threshold - fall);
    }
    return alarm;
  }
}

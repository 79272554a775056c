package io.longcast.anomaly.score;

import io.longcast.state.StateFields;
import java.io.Serializable;

/**
 * Surprisals of one channel over how high its own usually are. Tails are those of all series
 * together; a series whose scores rise more easily than those of the others would alarm more often,
 * and one whose scores hardly move would never. The unit is a running quantile of the channel's own
 * surprisals, relative to that of all series, found by stochastic approximation (Robbins and Monro
 * 1951) in one pass. Constant state.
 *
 * <p>A run of high surprisals widens the unit once it is over, and only so far: an incident does
 * not hide itself, nor a long one the next.
 */
public final class OwnScale implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double LEVEL = .95;

  /** The surprisal that calibrated tails exceed at one row in twenty. */
  private static final double USUAL = -Math.log(1 - LEVEL);

  private static final double LEAST = .5;
  private static final double MOST = 20;

  /** Gain of the first rows: that of a tail like an exponential one, after so many rows. */
  private static final double FIRST_GAIN = 1 / (1.5 * (1 - LEVEL));

  private static final double KNOWN_ROWS = 1000;
  private static final double LAST_GAIN = .0025;

  /** What a run of high surprisals widens the unit by, at most. */
  private static final double MOST_IN_RUN = .25;

  private double unit = 1;
  private double rows = KNOWN_ROWS;

  /** What the last high surprisals widen the unit by; normal ones wear it off. */
  private double run;

  /** What of it counts once the run is over. */
  private double pending;

  /**
   * Takes the next row.
   *
   * @param surprisal of the row under the tails of all series, at least 0
   * @return the same in units of the channel, by the rows before
   */
  public double next(double surprisal) {
    double own = surprisal / unit;
    rows++;
    learn(own > USUAL, Math.max(LAST_GAIN, FIRST_GAIN / rows));
    return own;
  }

  private void learn(boolean isHigh, double gain) {
    if (isHigh && run + gain * LEVEL <= MOST_IN_RUN) {
      run += gain * LEVEL;
      pending += gain * LEVEL;
    } else if (!isHigh) {
      run = Math.max(0, run - gain);
      unit *= (1 + pending) * (1 - gain * (1 - LEVEL));
      unit = Math.max(LEAST, Math.min(MOST, unit));
      pending = 0;
    }
  }

  /** A surprisal of this channel at an earlier row in its unit now; nothing is learned. */
  public double of(double surprisal) {
    return surprisal / unit;
  }

  /** The state, for saving and restoring. */
  public void fields(StateFields fields) {
    unit = fields.real(unit);
    rows = fields.real(rows);
    run = fields.real(run);
    pending = fields.real(pending);
  }
}

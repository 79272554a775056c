package io.longcast.anomaly.pattern;

import io.longcast.state.StateFields;
import java.io.Serializable;

/**
 * How much longer a value has not moved than it does as a rule: the logarithm of one plus the rows
 * since it last moved, less that of the second longest such time of the series so far, so that one
 * fault does not make the next one usual. It is 0 until the value has moved a few times: a channel
 * that is constant as a rule is not stuck.
 */
public final class StuckTime implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOVES = 8;

  private double last = Double.NaN;

  /** One plus the rows since the value last moved; before, the moves so far, negative. */
  private long rows;

  private long longest;
  private long second;

  /** Takes the next value, which is not missing. */
  public double next(double value) {
    boolean moved = value != last && !Double.isNaN(last);
    if (moved) {
      second = Math.max(second, Math.min(longest, rows - 1));
      longest = Math.max(longest, rows - 1);
    }
    if (rows > 0) {
      rows = moved ? 1 : rows + 1;
    } else if (moved) {
      rows = rows > 1 - MOVES ? rows - 1 : 1;
    }
    last = value;
    return rows <= 1 + second ? 0 : Math.log1p(rows - 1) - Math.log1p(second);
  }

  /** The state, for saving and restoring. */
  public void fields(StateFields fields) {
    last = fields.real(last);
    rows = fields.number(rows);
    longest = fields.number(longest);
    second = fields.number(second);
  }
}

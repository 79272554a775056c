package io.longcast.anomaly.score;

import io.longcast.anomaly.pattern.StuckTime;
import io.longcast.state.StateFields;
import java.io.Serializable;

/** A number derived from each value of a channel in streaming order. */
interface Signal extends Serializable {

  /** The signal at this value, or not a number if it has none here. */
  double next(Sample sample);

  /** Its state, for saving and restoring. */
  void fields(StateFields fields);

  /**
   * Learns from the rows before the first one that is scored, in place of taking each.
   *
   * @param values of the channel, not a number where missing
   * @return whether it did
   */
  default boolean learn(double[] values) {
    return false;
  }

  /** Whether it learns from rows to come, other than by what fades. */
  default boolean isLearning() {
    return false;
  }

  /** Rows between the last one and the one that {@link #settled} is of; 0: it is final at once. */
  default int settledRows() {
    return 0;
  }

  /** The signal at an earlier row, by the rows around it. */
  default double settled() {
    return Double.NaN;
  }

  /** What spoke at the last row, where a signal is made of several. */
  default ComponentSpec.Kind leading(ComponentSpec.Kind own) {
    return own;
  }

  /** Whether it scores missing values too; other signals are never given one. */
  default boolean takesMissing() {
    return false;
  }

  /** The size of the change from the last value. */
  final class Change implements Signal {
    private static final long serialVersionUID = 1L;
    private final boolean compressed;
    private boolean started;
    private double last;

    Change(boolean compressed) {
      this.compressed = compressed;
    }

    @Override
    public double next(Sample sample) {
      double now = compressed ? sample.compressed : sample.x;
      double change = started ? Math.abs(now - last) : 0;
      started = true;
      last = now;
      return change;
    }

    @Override
    public void fields(StateFields fields) {
      started = fields.flag(started);
      last = fields.real(last);
    }
  }

  /** The value itself, or its size. */
  final class Value implements Signal {
    private static final long serialVersionUID = 1L;
    private final boolean size;

    Value(boolean size) {
      this.size = size;
    }

    @Override
    public double next(Sample sample) {
      return size ? Math.abs(sample.x) : sample.x;
    }

    @Override
    public void fields(StateFields fields) {}
  }

  /** See {@link StuckTime}. */
  final class Stuck implements Signal {
    private static final long serialVersionUID = 2L;
    private final StuckTime time = new StuckTime();

    @Override
    public double next(Sample sample) {
      return time.next(sample.x);
    }

    @Override
    public void fields(StateFields fields) {
      time.fields(fields);
    }
  }

  /** The logarithm of one plus the rows since the last value that was not missing. */
  final class Missing implements Signal {
    private static final long serialVersionUID = 1L;
    private long rows;

    @Override
    public double next(Sample sample) {
      rows = sample.isMissing() ? rows + 1 : 0;
      return rows == 0 ? 0 : Math.log1p(rows);
    }

    @Override
    public boolean takesMissing() {
      return true;
    }

    @Override
    public void fields(StateFields fields) {
      rows = fields.number(rows);
    }
  }

  /** How far the value is from what a forecaster expected, over its predicted scale or not. */
  final class Residual implements Signal {
    private static final long serialVersionUID = 1L;
    private final boolean standardised;

    Residual(boolean standardised) {
      this.standardised = standardised;
    }

    @Override
    public double next(Sample sample) {
      double off = Math.abs(sample.x - sample.expected);
      return standardised ? off / sample.spread : off;
    }

    @Override
    public void fields(StateFields fields) {}
  }

  /** The residual in the compressed scale over the predicted scale there. */
  final class CompressedResidual implements Signal {
    private static final long serialVersionUID = 1L;

    @Override
    public double next(Sample sample) {
      double slope = Math.sqrt(1 + sample.expected * sample.expected);
      double off = Math.abs(sample.compressed - Robust.asinh(sample.expected));
      return off * slope / sample.spread;
    }

    @Override
    public void fields(StateFields fields) {}
  }
}

package io.longcast.anomaly.pattern;

import io.longcast.state.StateFields;
import java.io.Serializable;

/**
 * How far a value is from what was expected: by a linear forecast, or by a forecaster from outside
 * where that has proved clearly better on the rows so far. Its residual is brought to the size of
 * the linear one, whose size on the learning rows is known.
 */
final class Residual implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Residuals after which a mean of them is taken for sure. */
  private static final int SURE = 200;

  private static final double MEMORY = 1 / 1000.0;

  /** A fault does not make a forecast worse: residuals count up to so many times their mean. */
  private static final double CLIP = 5;

  private static final double BETTER = .9;

  /** An exact forecast, as of a constant, must not turn the next change into a lasting alarm. */
  private static final double MAX_RATIO = 100;

  private static final float LIMIT = 10;

  private final LinearForecast forecast;
  private final Recent recent;
  private double own;
  private double outside;
  private long compared;
  private boolean hasBegun;

  Residual(LinearForecast forecast) {
    this.forecast = forecast;
    recent = new Recent(Math.max(1, forecast.weights().length - 1));
  }

  /** The linear forecast of the next row, bounded: stands for a value that is missing. */
  float expected() {
    float next = hasBegun ? forecast.next(recent.values(), recent.newest()) : 0;
    return Math.max(-LIMIT, Math.min(LIMIT, next));
  }

  /**
   * Takes a row.
   *
   * @param value on the scale of the series
   * @param other forecast from outside, on the same scale; not a number without one
   * @return at least 0
   */
  float next(float value, float other) {
    if (!hasBegun) {
      recent.fill(value);
      hasBegun = true;
    }
    float off = Math.abs(value - forecast.next(recent.values(), recent.newest()));
    recent.add(value);
    if (Float.isNaN(other)) {
      return off;
    }
    float otherOff = Math.abs(value - other);
    boolean isBetter = compared >= SURE && outside < BETTER * own;
    double ratio = isBetter ? Math.min(MAX_RATIO, own / Math.max(outside, Float.MIN_NORMAL)) : 1;
    compared++;
    own = mean(own, off);
    outside = mean(outside, otherOff);
    return isBetter ? (float) Math.min(Float.MAX_VALUE, otherOff * ratio) : off;
  }

  private double mean(double before, double off) {
    double weight = Math.max(MEMORY, 1.0 / compared);
    double learned = compared > SURE ? Math.min(off, CLIP * before) : off;
    return before + weight * (learned - before);
  }

  /** Moves on over a row whose value is missing. */
  void skip(float stand) {
    recent.add(stand);
  }

  void fields(StateFields fields) {
    fields.singles(forecast.weights());
    recent.fields(fields);
    own = fields.real(own);
    outside = fields.real(outside);
    compared = fields.number(compared);
    hasBegun = fields.flag(hasBegun);
  }
}

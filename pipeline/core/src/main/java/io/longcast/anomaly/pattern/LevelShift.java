package io.longcast.anomaly.pattern;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How far the exponentially weighted mean of the last rows is from the median of such means on the
 * learning rows: shapes are compared less their own mean and residuals end with the first rows, so
 * that neither sees a level that has moved and stays.
 */
final class LevelShift implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double MIN_WINDOW = 8;
  private static final double WARM_WINDOWS = 3;

  private final float gain;
  private float middle;
  private float mean;
  private boolean hasBegun;

  /**
   * @param window mean age of the weights, in rows
   */
  LevelShift(double window) {
    gain = (float) (1 / Math.max(MIN_WINDOW, window));
  }

  /** Takes the median of the means of learning rows, and begins anew. */
  void learn(float[] values) {
    float[] means = new float[values.length];
    for (int t = 0; t < values.length; t++) {
      add(values[t]);
      means[t] = mean;
    }
    int warm = (int) Math.min(WARM_WINDOWS / gain, values.length / 4.0);
    Arrays.sort(means, warm, means.length);
    middle = means[warm + (means.length - warm) / 2];
    hasBegun = false;
  }

  private void add(float value) {
    mean = hasBegun ? mean + gain * (value - mean) : value;
    hasBegun = true;
  }

  /** Takes the next row. */
  float next(float value) {
    add(value);
    return Math.abs(mean - middle);
  }

  /** Rows after which nothing is left of what came before. */
  int memory() {
    return (int) Math.ceil(2 * WARM_WINDOWS / gain);
  }

  void fields(StateFields fields) {
    middle = fields.single(middle);
    mean = fields.single(mean);
    hasBegun = fields.flag(hasBegun);
  }
}

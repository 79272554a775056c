package io.longcast.anomaly.pattern;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The unit of a component: its median on learning rows is 0, its .99 quantile 1. A higher quantile
 * or the maximum would be ruled by faults among the learning rows.
 */
final class Rescale implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double HIGH = .99;

  /** So that a component that never moved on the learning rows is not divided by nothing. */
  private static final double LEAST = .01;

  private double median;
  private double unit = 1;

  /** Of the component's values on learning rows that it was not fitted on. */
  void learn(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    median = quantile(sorted, .5);
    unit = Math.max(LEAST, quantile(sorted, HIGH) - median);
  }

  static double quantile(float[] sorted, double level) {
    double place = level * (sorted.length - 1);
    int low = (int) place;
    int high = Math.min(sorted.length - 1, low + 1);
    return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
  }

  double of(float value) {
    return (value - median) / unit;
  }

  void fields(StateFields fields) {
    median = fields.real(median);
    unit = fields.real(unit);
  }
}

package io.longcast.clean;

/** Aggregates the values of one column that fall into one step; absent values do not count. */
final class StepAggregator {
  private final CleanSpec.Aggregation aggregation;
  private double value;
  private long count;

  StepAggregator(CleanSpec.Aggregation aggregation) {
    this.aggregation = aggregation;
  }

  void clear() {
    count = 0;
    value = 0;
  }

  void add(double next) {
    if (Double.isNaN(next)) {
      return;
    }
    boolean first = count++ == 0;
    switch (aggregation) {
      case MEAN, SUM -> value += next;
      case MIN -> value = first ? next : Math.min(value, next);
      case MAX -> value = first ? next : Math.max(value, next);
      case LAST -> value = next;
    }
  }

  /** The step's value, NaN if it had none; a sum beyond a float's range is cut to it. */
  double result() {
    if (count == 0) {
      return Double.NaN;
    }
    double result = aggregation == CleanSpec.Aggregation.MEAN ? value / count : value;
    return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, result));
  }
}

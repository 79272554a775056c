package io.longcast.model.zero;

import io.longcast.model.zero.network.ZeroShape;

/**
 * Mean and deviation of the newest 640 observed values of a series.
 *
 * @param least of the values
 * @param constant whether all values are equal: every standardized value stands for that one
 */
record Units(double mean, double deviation, double least, boolean constant) {
  private static final double LEAST_SHARE = 1e-9;

  static Units of(double[] values, boolean[] observed) {
    int from = Math.max(0, values.length - ZeroShape.CONTEXT);
    double least = Double.POSITIVE_INFINITY;
    double sum = 0;
    int count = 0;
    for (int t = from; t < values.length; t++) {
      if (observed[t]) {
        sum += values[t];
        least = Math.min(least, values[t]);
        count++;
      }
    }
    double mean = sum / Math.max(1, count);
    double squares = 0;
    for (int t = from; t < values.length; t++) {
      squares += observed[t] ? (values[t] - mean) * (values[t] - mean) : 0;
    }
    double deviation = Math.sqrt(squares / Math.max(1, count));
    boolean constant = deviation <= LEAST_SHARE * Math.abs(mean);
    return new Units(
        constant && count > 0 ? least : mean, constant ? 1 : deviation, least, constant);
  }

  double standardized(double raw) {
    return (raw - mean) / deviation;
  }

  double raw(double z) {
    return constant ? mean : mean + deviation * z;
  }
}

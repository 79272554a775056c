package io.longcast.anomaly.score;

import java.io.Serializable;

/**
 * The delayed z-score D(v, w): the mean of the last w values against the running mean and variance
 * of such means, which take each one in w rows late, so that a slow change is not learned while it
 * is judged. With a weight of max(1 / k, 1 - 2^(-1/halfLife)). Not winsorized.
 */
final class DelayedZ implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int LEAST_COUNT = 50;

  private final double[] values;
  private final double[] means;
  private final double forget;
  private final double floor;
  private long seen;
  private int slot;
  private double sum;
  private long count;
  private double mean;
  private double variance;

  /**
   * @param width w, at least 1
   * @param halfLife rows after which a mean counts half
   * @param floor least deviation, in units of the values
   */
  DelayedZ(int width, double halfLife, double floor) {
    values = new double[width];
    means = new double[width];
    forget = 1 - Math.pow(0.5, 1 / halfLife);
    this.floor = floor;
  }

  /** Takes a value; its score, signed; 0 until 50 means are known. */
  double next(double value) {
    int width = values.length;
    int at = slot;
    slot = at + 1 == width ? 0 : at + 1;
    sum += value - values[at];
    values[at] = value;
    seen++;
    if (slot == 0) {
      sum = 0;
      for (double v : values) {
        sum += v;
      }
    }
    if (seen < width) {
      return 0;
    }
    double now = sum / width;
    if (seen >= 2L * width) {
      learn(means[at]);
    }
    means[at] = now;
    return count < LEAST_COUNT ? 0 : (now - mean) / deviation();
  }

  private void learn(double late) {
    count++;
    double weight = Math.max(1.0 / count, forget);
    double difference = late - mean;
    mean += weight * difference;
    variance = (1 - weight) * (variance + weight * difference * difference);
  }

  private double deviation() {
    return Math.max(Math.sqrt(variance), floor);
  }
}

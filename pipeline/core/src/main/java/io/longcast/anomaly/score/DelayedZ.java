package io.longcast.anomaly.score;

import io.longcast.state.StateFields;
import java.io.Serializable;

/**
 * The delayed z-score D(v, w): the mean of the last w values against the running mean and variance
 * of such means, which take each one in w rows late, so that a slow change is not learned while it
 * is scored. With a weight of max(1 / k, 1 - 2^(-1/halfLife)).
 */
final class DelayedZ implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int LEAST_COUNT = 50;

  private final double[] values;
  private final double[] means;
  private final double forget;
  private final double floor;
  private final double clip;
  private long seen;
  private int slot;
  private double sum;
  private long count;
  private double mean;
  private double variance;
  private double deviation;

  /**
   * @param width w, at least 1
   * @param halfLife rows after which a mean counts half
   * @param floor least deviation, in units of the values
   * @param clip deviations from the mean beyond which a mean is learned as if it were no further
   *     off, so that a fault does not widen what is usual; 0 learns all as they are
   */
  DelayedZ(int width, double halfLife, double floor, double clip) {
    values = new double[width];
    means = new double[width];
    forget = 1 - Math.pow(0.5, 1 / halfLife);
    this.floor = floor;
    this.clip = clip;
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
    return count < LEAST_COUNT ? 0 : (now - mean) / deviation;
  }

  private void learn(double late) {
    count++;
    double weight = Math.max(1.0 / count, forget);
    double difference = late - mean;
    if (clip > 0 && count > LEAST_COUNT) {
      double most = clip * deviation;
      difference = Math.max(-most, Math.min(most, difference));
    }
    mean += weight * difference;
    variance = (1 - weight) * (variance + weight * difference * difference);
    deviation = Math.max(Math.sqrt(variance), floor);
  }

  /** Its state. */
  void fields(StateFields fields) {
    fields.reals(values);
    fields.reals(means);
    seen = fields.number(seen);
    slot = fields.count(slot, values.length - 1);
    sum = fields.real(sum);
    count = fields.number(count);
    mean = fields.real(mean);
    variance = fields.real(variance);
    deviation = fields.real(deviation);
  }
}

package io.longcast.train.round;

/**
 * A weighted sum of float vectors in double precision. The order of the additions is the caller's,
 * and with it every bit of the mean. The mean of one vector is that vector.
 */
public final class WeightedSum {
  private double[] sums;
  private double weight;

  /** Adds {@code weight * values}. */
  public void add(float[] values, double by) {
    if (sums == null) {
      sums = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        sums[i] = values[i] * by;
      }
    } else {
      requireLength(values.length);
      for (int i = 0; i < values.length; i++) {
        sums[i] += values[i] * by;
      }
    }
    weight += by;
  }

  /** Adds another sum. */
  public void add(double[] others, double by) {
    if (sums == null) {
      sums = others.clone();
    } else {
      requireLength(others.length);
      for (int i = 0; i < others.length; i++) {
        sums[i] += others[i];
      }
    }
    weight += by;
  }

  public boolean isEmpty() {
    return sums == null;
  }

  public double weight() {
    return weight;
  }

  /** The sums as they are held: do not write. */
  public double[] sums() {
    return sums;
  }

  /** Sum over weight, rounded once. */
  public float[] mean() {
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / weight);
    }
    return mean;
  }

  private void requireLength(int length) {
    if (sums.length != length) {
      throw new IllegalStateException(
          "vectors to average differ in length: " + sums.length + " and " + length);
    }
  }
}

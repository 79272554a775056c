package io.longcast.anomaly;

import java.util.Arrays;

/**
 * What a model expected of a segment and how far off the values were: flat arrays {@code [channels,
 * length]}, reused over segments.
 *
 * <p>A step without a residual (unobserved, or before the first origin) has {@code NaN} in {@link
 * #measure}; expected and bounds are then undefined.
 */
final class SegmentResiduals {
  private int length;
  private float[] expected = new float[0];
  private float[] lower = new float[0];
  private float[] upper = new float[0];
  private double[] measure = new double[0];

  /** Makes room for a segment and forgets the one before. */
  void reset(int channels, int steps) {
    length = steps;
    int size = channels * steps;
    if (measure.length < size) {
      expected = new float[size];
      lower = new float[size];
      upper = new float[size];
      measure = new double[size];
    }
    Arrays.fill(measure, 0, size, Double.NaN);
  }

  void set(int channel, int step, float value, float low, float high, double howFar) {
    int at = channel * length + step;
    expected[at] = value;
    lower[at] = low;
    upper[at] = high;
    measure[at] = howFar;
  }

  double measure(int channel, int step) {
    return measure[channel * length + step];
  }

  void measure(int channel, int step, double howFar) {
    measure[channel * length + step] = howFar;
  }

  float expected(int channel, int step) {
    return expected[channel * length + step];
  }

  float lower(int channel, int step) {
    return lower[channel * length + step];
  }

  float upper(int channel, int step) {
    return upper[channel * length + step];
  }
}

package io.longcast.anomaly;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What a model expected of a segment: flat arrays {@code [channels, length]}. A step without a
 * forecast has {@code NaN} everywhere.
 */
final class Expectations implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int length;
  private final float[] expected;
  private final float[] lower;
  private final float[] upper;
  private final float[] spread;

  Expectations(int channels, int length) {
    this.length = length;
    expected = unknown(channels * length);
    lower = unknown(channels * length);
    upper = unknown(channels * length);
    spread = unknown(channels * length);
  }

  private static float[] unknown(int size) {
    float[] values = new float[size];
    Arrays.fill(values, Float.NaN);
    return values;
  }

  void set(int channel, int step, float point, float low, float high, float scale) {
    int at = channel * length + step;
    expected[at] = point;
    lower[at] = low;
    upper[at] = high;
    spread[at] = scale;
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

  /** The standard deviation that the model predicted, 0 where it predicts none. */
  float spread(int channel, int step) {
    return spread[channel * length + step];
  }
}

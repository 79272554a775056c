package io.longcast.evaluate;

import java.util.Arrays;

/**
 * <<<<<<< HEAD One window's forecast and actual values, in raw units. The arrays are read, never
 * written. ======= One window's forecast beside what came, in raw units less an offset. The arrays
 * are read, never written. >>>>>>> 71bd11b (series: values to double precision where a float would
 * hide their changes)
 *
 * @param actual {@code [horizon]}
 * @param observed {@code [horizon]}, 1 where the actual value was observed, else 0; null: all
 * @param point {@code [horizon]}
 * @param quantiles {@code [horizon, levels]}, empty for a point forecast alone
 * @param scale the seasonal naive's in-sample error before the origin
 * @param offset what the values are measured from, 0 for raw values
 */
public record WindowForecast(
    float[] actual,
    float[] observed,
    float[] point,
    float[] quantiles,
    ErrorScale scale,
    double offset) {

  public WindowForecast {
    if (actual.length != point.length) {
      throw new IllegalArgumentException(
          "actual and point must be the same length, actual = "
              + actual.length
              + ", point = "
              + point.length);
    }
  }

  /** A window of raw values. */
  public WindowForecast(
      float[] actual, float[] observed, float[] point, float[] quantiles, ErrorScale scale) {
    this(actual, observed, point, quantiles, scale, 0);
  }

  /** The same, measured from an offset. */
  public WindowForecast measuredFrom(double offset) {
    return new WindowForecast(actual, observed, point, quantiles, scale, offset);
  }

  /** A window taken out of batch arrays {@code [windows, horizon]}, {@code [.., levels]}. */
  public static WindowForecast of(
      int window, float[] target, float[] observed, Forecasts forecasts, ErrorScale scale) {
    int h = forecasts.horizon();
    int q = h * forecasts.levels();
    return new WindowForecast(
        Arrays.copyOfRange(target, window * h, (window + 1) * h),
        Arrays.copyOfRange(observed, window * h, (window + 1) * h),
        Arrays.copyOfRange(forecasts.point(), window * h, (window + 1) * h),
        Arrays.copyOfRange(forecasts.quantiles(), window * q, (window + 1) * q),
        scale);
  }

  /** The point of step index {@code t} as its own window. */
  public WindowForecast step(int t) {
    return new WindowForecast(
        new float[] {actual[t]},
        new float[] {counts(t) ? 1 : 0},
        new float[] {point[t]},
        new float[0],
        scale,
        offset);
  }

  /** Steps of the window. */
  public int horizon() {
    return actual.length;
  }

  /** Whether the value of step index {@code t} counts. */
  public boolean counts(int t) {
    return observed == null || observed[t] != 0;
  }

  /**
   * The forecasts of a batch as they lie in memory.
   *
   * @param point {@code [windows, horizon]}
   * @param quantiles {@code [windows, horizon, levels]}
   * @param horizon steps
   * @param levels quantile levels
   */
  public record Forecasts(float[] point, float[] quantiles, int horizon, int levels) {}
}

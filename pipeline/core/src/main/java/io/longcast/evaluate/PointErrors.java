package io.longcast.evaluate;

import java.io.Serializable;
import java.util.List;

/**
 * Counts behind the metrics of point forecasts; mergeable.
 *
 * <ul>
 *   <li>{@code mse}, {@code mae}: means over all values;
 *   <li>{@code wape}: sum |y - f| / sum |y|;
 *   <li>{@code smape}: per window the mean of 200 |y - f| / (|y| + |f|), then the mean over windows
 *       (both zero: 0), in [0, 200];
 *   <li>{@code mase}: per window the mean |y - f| over the seasonal naive's in-sample mean absolute
 *       error, then the mean over windows;
 *   <li>{@code rmsse}: per window the root of the mean (y - f)² over the in-sample mean squared
 *       error, then the mean over windows.
 * </ul>
 *
 * A window whose scale is zero or unknown counts in neither mase nor rmsse.
 */
public final class PointErrors implements Serializable {
  private static final long serialVersionUID = 1L;

  private long values;
  private double absolute;
  private double squared;
  private double magnitude;
  private long windows;
  private double percentage;
  private long scaledWindows;
  private double scaled;
  private long rootScaledWindows;
  private double rootScaled;

  /** Counts one window; one without an observed value changes nothing. */
  public void add(WindowForecast window) {
    double windowAbsolute = 0;
    double windowSquared = 0;
    double windowPercentage = 0;
    int steps = 0;
    for (int t = 0; t < window.horizon(); t++) {
      if (window.counts(t)) {
        double actual = window.actual()[t];
        double error = Math.abs(actual - window.point()[t]);
        double raw = Math.abs(window.offset() + actual);
        double size = raw + Math.abs(window.offset() + window.point()[t]);
        windowAbsolute += error;
        windowSquared += error * error;
        windowPercentage += size == 0 ? 0 : 200 * error / size;
        magnitude += raw;
        steps++;
      }
    }
    if (steps > 0) {
      values += steps;
      absolute += windowAbsolute;
      squared += windowSquared;
      windows++;
      percentage += windowPercentage / steps;
      addScaled(windowAbsolute / steps, windowSquared / steps, window.scale());
    }
  }

  private void addScaled(double meanAbsolute, double meanSquared, ErrorScale scale) {
    if (scale.absolute() > 0) {
      scaledWindows++;
      scaled += meanAbsolute / scale.absolute();
    }
    if (scale.squared() > 0) {
      rootScaledWindows++;
      rootScaled += Math.sqrt(meanSquared / scale.squared());
    }
  }

  /** Adds the counts of another state. */
  public void merge(PointErrors other) {
    values += other.values;
    absolute += other.absolute;
    squared += other.squared;
    magnitude += other.magnitude;
    windows += other.windows;
    percentage += other.percentage;
    scaledWindows += other.scaledWindows;
    scaled += other.scaled;
    rootScaledWindows += other.rootScaledWindows;
    rootScaled += other.rootScaled;
  }

  /** Sum of absolute errors so far, for skills by series. */
  public double absoluteError() {
    return absolute;
  }

  /** Mean absolute scaled error. */
  public Metric mase() {
    return Metric.mean("mase", scaled, scaledWindows);
  }

  /** Symmetric mean absolute percentage error, 0..200. */
  public Metric smape() {
    return Metric.mean("smape", percentage, windows);
  }

  /** Mean squared error. */
  public Metric mse() {
    return Metric.mean("mse", squared, values);
  }

  /** Mean absolute error. */
  public Metric mae() {
    return Metric.mean("mae", absolute, values);
  }

  /** Sum of absolute errors over the sum of absolute values. */
  public Metric wape() {
    return new Metric("wape", absolute / magnitude, magnitude == 0 ? 0 : values);
  }

  /** All metrics of this state. */
  public List<Metric> metrics() {
    return List.of(
        mase(), Metric.mean("rmsse", rootScaled, rootScaledWindows), smape(), wape(), mse(), mae());
  }
}

package io.longcast.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts behind the metrics of quantile forecasts; mergeable with states of the same levels.
 *
 * <p>With the pinball loss L_q(y, f) = max(q (y - f), (q - 1) (y - f)):
 *
 * <ul>
 *   <li>{@code wql}: mean over levels of 2 sum L_q / sum |y|;
 *   <li>{@code crps}: 2 ∫ L_q dq per value, by the rectangle rule: a level represents the interval
 *       halfway to its neighbours, the outer ones to 0 and 1 (Gneiting and Raftery 2007).
 * </ul>
 */
public final class QuantileErrors implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] levels;
  private final double[] pinball;
  private double magnitude;
  private long values;

  /**
   * @param levels quantile levels, ascending, in (0, 1)
   */
  public QuantileErrors(List<Double> levels) {
    this.levels = levels.stream().mapToDouble(Double::doubleValue).toArray();
    pinball = new double[this.levels.length];
  }

  /** Counts one window. */
  public void add(WindowForecast window) {
    for (int t = 0; t < window.horizon(); t++) {
      if (window.counts(t)) {
        double actual = window.actual()[t];
        magnitude += Math.abs(window.offset() + actual);
        values++;
        for (int q = 0; q < levels.length; q++) {
          double error = actual - window.quantiles()[t * levels.length + q];
          pinball[q] += Math.max(levels[q] * error, (levels[q] - 1) * error);
        }
      }
    }
  }

  /** Adds the counts of another state. */
  public void merge(QuantileErrors other) {
    for (int q = 0; q < pinball.length; q++) {
      pinball[q] += other.pinball[q];
    }
    magnitude += other.magnitude;
    values += other.values;
  }

  /** Weighted quantile loss and CRPS; none without levels. */
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    if (levels.length > 0) {
      double loss = 0;
      double integral = 0;
      for (int q = 0; q < levels.length; q++) {
        loss += 2 * pinball[q] / levels.length;
        integral += 2 * pinball[q] * width(q);
      }
      metrics.add(new Metric("wql", loss / magnitude, magnitude == 0 ? 0 : values));
      metrics.add(Metric.mean("crps", integral, values));
    }
    return metrics;
  }

  private double width(int q) {
    double from = q == 0 ? 0 : 0.5 * (levels[q - 1] + levels[q]);
    double to = q == levels.length - 1 ? 1 : 0.5 * (levels[q] + levels[q + 1]);
    return to - from;
  }
}

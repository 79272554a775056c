package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * A pooled multiplicative correction of quantile forecasts: each quantile's distance from the
 * median is multiplied by the factor of its level.
 *
 * <p>The factor of a level is the split-conformal quantile of {@code (y - median) / (q - median)}
 * over the calibration windows (Romano, Patterson, Candes 2019, with a multiplicative score), so
 * that the share of values beyond the corrected quantile is the one the level names. Pooled over
 * series and steps: a factor per step or an additive term made the intervals worse in trials.
 *
 * @param levels quantile levels, ascending
 * @param factors one a level, 1 where nothing is corrected
 * @param counts calibration values behind each factor
 */
public record IntervalCalibration(List<Double> levels, List<Double> factors, List<Long> counts)
    implements Serializable {

  public IntervalCalibration {
    levels = List.copyOf(levels);
    factors = List.copyOf(factors);
    counts = List.copyOf(counts);
    if (factors.size() != levels.size() || counts.size() != levels.size()) {
      throw new IllegalArgumentException(
          "a calibration needs one factor and one count a level, levels = "
              + levels.size()
              + ", factors = "
              + factors.size()
              + ", counts = "
              + counts.size());
    }
  }

  /** No correction. */
  public static IntervalCalibration none(List<Double> levels) {
    Double[] ones = new Double[levels.size()];
    Long[] zeros = new Long[levels.size()];
    Arrays.fill(ones, 1.0);
    Arrays.fill(zeros, 0L);
    return new IntervalCalibration(levels, List.of(ones), List.of(zeros));
  }

  /** Whether any level is corrected. */
  public boolean corrects() {
    return factors.stream().anyMatch(factor -> factor != 1.0);
  }

  /**
   * Corrects the quantiles of the first {@code windows} forecasts in place and keeps them
   * ascending.
   */
  public void apply(ForecastBatch forecasts, int windows) {
    if (!corrects()) {
      return;
    }
    int median = medianIndex();
    int count = levels.size();
    float[] quantiles = forecasts.quantiles();
    for (int at = 0; at < windows * forecasts.horizon(); at++) {
      correct(quantiles, at * count, quantiles[at * count + median]);
    }
  }

  private void correct(float[] quantiles, int from, float middle) {
    int count = levels.size();
    for (int q = 0; q < count; q++) {
      double distance = (quantiles[from + q] - middle) * factors.get(q);
      quantiles[from + q] = (float) (middle + distance);
    }
    Arrays.sort(quantiles, from, from + count);
  }

  private int medianIndex() {
    int median = levels.indexOf(.5);
    if (median < 0) {
      throw new IllegalStateException("a calibration needs the level .5, found " + levels);
    }
    return median;
  }
}

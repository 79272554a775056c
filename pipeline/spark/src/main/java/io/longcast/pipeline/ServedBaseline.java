package io.longcast.pipeline;

import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.baseline.Baseline;
import java.io.Serializable;
import java.util.List;

/**
 * The baseline that forecasts in place of a network which did not beat it.
 *
 * @param baseline which
 * @param levels of its quantiles
 * @param calibration correction of them
 */
public record ServedBaseline(
    Baseline baseline, List<Double> levels, IntervalCalibration calibration)
    implements Serializable {

  public ServedBaseline {
    levels = List.copyOf(levels);
  }

  /**
   * Opens it.
   *
   * @param season steps of one season, 1 for none
   */
  ForecasterFactory factory(int season) {
    return factory(baseline, season, levels);
  }

  /** Opens any baseline. */
  static ForecasterFactory factory(Baseline baseline, int season, List<Double> levels) {
    return () -> baseline.forecaster(season, levels);
  }
}

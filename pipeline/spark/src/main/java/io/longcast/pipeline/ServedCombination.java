package io.longcast.pipeline;

import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.combination.Combination;
import java.io.Serializable;
import java.util.List;

/**
 * The combination that forecasts in place of the network alone.
 *
 * @param combination of the network with baselines
 * @param levels of its quantiles
 * @param calibration correction of them
 */
public record ServedCombination(
    Combination combination, List<Double> levels, IntervalCalibration calibration)
    implements Serializable {

  public ServedCombination {
    levels = List.copyOf(levels);
  }

  /**
   * Opens it.
   *
   * @param season steps of one season, 1 for none
   */
  ForecasterFactory on(ForecasterFactory network, int season) {
    return combination.on(network, season, levels);
  }
}

package io.longcast.forecast;

import io.longcast.model.ForecasterFactory;
import io.longcast.model.ModelSpec;
import java.io.Serializable;
import java.util.List;

/**
 * Quantiles for a network that gives points only: the point plus an offset in units of the window's
 * scale, by step and level, as the residuals of held-back windows were spread. The point stands for
 * the median; offsets below it are at most 0, those above at least 0.
 *
 * @param levels ascending; empty where the network has quantiles of its own, or none are wanted
 * @param offsets one a level, in spreads of a step's residuals
 * @param spreads mean absolute residual of each step of the horizon, in units of the window's scale
 */
public record ResidualQuantiles(List<Double> levels, List<Double> offsets, List<Double> spreads)
    implements Serializable {

  /** Nothing is added to what the network gives. */
  public static final ResidualQuantiles NONE =
      new ResidualQuantiles(List.of(), List.of(), List.of());

  public ResidualQuantiles {
    levels = List.copyOf(levels);
    offsets = List.copyOf(offsets);
    spreads = List.copyOf(spreads);
    if (levels.size() != offsets.size() || levels.isEmpty() != spreads.isEmpty()) {
      throw new IllegalArgumentException(
          "residual quantiles need one offset a level and a spread a step, found levels "
              + levels
              + ", offsets "
              + offsets
              + " and "
              + spreads.size()
              + " spreads");
    }
  }

  /** The offset of level index {@code q} at step index {@code t} from 0. */
  double offset(int t, int q) {
    return spreads.get(t) * offsets.get(q);
  }

  /**
   * A model with these quantiles.
   *
   * @param points gives points only, unless there is nothing to add
   * @param spec how its windows are scaled
   */
  public ForecasterFactory on(ForecasterFactory points, ModelSpec spec) {
    return levels.isEmpty()
        ? points
        : () -> new ResidualForecaster(points.open(), this, spec.scaling(), spec.seasonalPeriod());
  }
}

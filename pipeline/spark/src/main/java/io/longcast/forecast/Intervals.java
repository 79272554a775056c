package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/**
 * Central intervals read off quantile forecasts: the interval of coverage {@code c} lies between
 * the levels {@code (1-c)/2} and {@code (1+c)/2}.
 */
public final class Intervals implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double SAME = 1e-9;

  private final double[] levels;

  /**
   * @param levels quantile levels of the forecasts, ascending
   */
  public Intervals(List<Double> levels) {
    this.levels = levels.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Index of a level, empty where the model does not give it. */
  public OptionalInt index(double level) {
    for (int q = 0; q < levels.length; q++) {
      if (Math.abs(levels[q] - level) < SAME) {
        return OptionalInt.of(q);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Index of the lower end of the interval of a coverage, empty where the model does not give it.
   */
  public OptionalInt lower(double coverage) {
    return index((1 - coverage) / 2);
  }

  /**
   * Index of the upper end of the interval of a coverage, empty where the model does not give it.
   */
  public OptionalInt upper(double coverage) {
    return index((1 + coverage) / 2);
  }

  /** The levels, ascending. */
  public double[] levels() {
    return levels.clone();
  }

  /**
   * Robust standard deviation of a forecast: the widest central interval the model gives inside 80
   * %, divided by what that interval is for a normal variable. NaN where there are no two levels.
   *
   * <p>The interquartile range over 1.349 where the quartiles are given.
   */
  public double spread(ForecastBatch forecasts, int window, int step) {
    OptionalInt low = index(.25);
    OptionalInt high = index(.75);
    if (low.isPresent() && high.isPresent()) {
      return width(forecasts, window, step, low.getAsInt(), high.getAsInt()) / 1.349;
    }
    low = lower(.8);
    high = upper(.8);
    if (low.isPresent() && high.isPresent()) {
      return width(forecasts, window, step, low.getAsInt(), high.getAsInt()) / 2.563;
    }
    return Double.NaN;
  }

  private static double width(ForecastBatch forecasts, int window, int step, int low, int high) {
    return forecasts.quantile(window, step, high) - forecasts.quantile(window, step, low);
  }
}

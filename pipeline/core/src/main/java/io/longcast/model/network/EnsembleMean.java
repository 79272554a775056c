package io.longcast.model.network;

import java.util.List;

/**
 * The forecasts of several networks as one, in scaled units: points and quantiles are averaged.
 *
 * <p>Averaged quantiles are those of an average network and leave out that the networks differ: the
 * spread of a mixture is the mean spread and the spread of the means together (the law of total
 * variance; Lichtendahl, Grushka-Cockayne and Winkler 2013 compare the two pools). So distances
 * from the median are stretched by {@code sqrt(1 + d^2 / s^2)} with {@code d^2} the unbiased
 * variance of the members' medians and {@code s} the interquartile range over 1.349.
 */
final class EnsembleMean {
  private static final double QUARTILES_TO_DEVIATION = 1.349;

  private final int members;
  private final int levels;
  private final int lower;
  private final int median;
  private final int upper;
  private final double[] points;
  private final double[] squares;
  private final double[] quantiles;

  /**
   * @param quantileLevels of the members
   * @param outputs values forecast
   * @param levels quantiles that are requested: all of them or 0
   * @param members how many will be added
   */
  EnsembleMean(List<Double> quantileLevels, int outputs, int levels, int members) {
    this.members = members;
    this.levels = levels;
    lower = quantileLevels.indexOf(.25);
    median = quantileLevels.indexOf(.5);
    upper = quantileLevels.indexOf(.75);
    points = new double[outputs];
    squares = new double[outputs];
    quantiles = new double[outputs * levels];
  }

  /** Adds a member's forecast of one output. */
  void add(int at, double point, double[] ofLevels) {
    points[at] += point / members;
    for (int q = 0; q < levels; q++) {
      quantiles[at * levels + q] += ofLevels[q] / members;
    }
    double middle = levels > 0 && median >= 0 ? ofLevels[median] : 0;
    squares[at] += middle * middle / members;
  }

  double point(int at) {
    return points[at];
  }

  double quantile(int at, int q) {
    double own = quantiles[at * levels + q];
    if (members == 1 || lower < 0 || median < 0 || upper < 0) {
      return own;
    }
    double middle = quantiles[at * levels + median];
    double range = quantiles[at * levels + upper] - quantiles[at * levels + lower];
    double deviation = range / QUARTILES_TO_DEVIATION;
    double between = Math.max(0, squares[at] - middle * middle) * members / (members - 1);
    if (!(deviation > 0)) {
      return own;
    }
    return middle + (own - middle) * Math.sqrt(1 + between / (deviation * deviation));
  }
}

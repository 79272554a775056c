package io.longcast.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores of one model on one collection: means over windows of errors in units of each window's
 * scale, and the same relative to the seasonal naive.
 */
final class CollectionScores {
  private final List<Double> levels;
  private final int lower;
  private final int upper;
  private double scaled;
  private double naive;
  private double quantile;
  private double symmetric;
  private long inside;
  private long values;
  private int windows;

  /**
   * @param levels of the quantiles, with 0.1 and 0.9 among them
   */
  CollectionScores(List<Double> levels) {
    this.levels = levels;
    lower = levels.indexOf(.1);
    upper = levels.indexOf(.9);
  }

  /**
   * Adds a window.
   *
   * @param point {@code [horizon]}
   * @param quantiles {@code [horizon][levels]}
   */
  void add(CollectionWindow window, double[] point, double[][] quantiles) {
    int horizon = point.length;
    double part = 1.0 / horizon / window.scale();
    for (int h = 0; h < horizon; h++) {
      double y = window.future()[h];
      scaled += part * Math.abs(y - point[h]);
      naive += part * Math.abs(y - window.seasonalNaive()[h]);
      symmetric += 200 * Math.abs(y - point[h]) / (Math.abs(y) + Math.abs(point[h]) + 1e-12);
      for (int q = 0; q < levels.size(); q++) {
        double error = y - quantiles[h][q];
        double loss = Math.max(levels.get(q) * error, (levels.get(q) - 1) * error);
        quantile += 2 * part * loss / levels.size();
      }
      inside += y >= quantiles[h][lower] && y <= quantiles[h][upper] ? 1 : 0;
      values++;
    }
    windows++;
  }

  /** MASE over that of the seasonal naive. */
  double relativeMase() {
    return scaled / naive;
  }

  /** Quantile loss over the seasonal naive's absolute error. */
  double relativeQuantileLoss() {
    return quantile / naive;
  }

  /** Share of the values within the interval from the 0.1 to the 0.9 quantile. */
  double coverage() {
    return (double) inside / values;
  }

  Map<String, Double> figures(double secondsAWindow) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("relative_mase", relativeMase());
    figures.put("relative_quantile_loss", relativeQuantileLoss());
    figures.put("mase", scaled / windows);
    figures.put("smape", symmetric / values);
    figures.put("inside_80", coverage());
    figures.put("windows", (double) windows);
    figures.put("windows_per_second", 1 / secondsAWindow);
    return figures;
  }
}

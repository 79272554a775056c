package io.longcast.benchmark;

import java.util.Arrays;

/**
 * One forecast to make.
 *
 * @param context oldest first, NaN where missing
 * @param future what follows, complete
 * @param seasonalNaive the values of the last season, repeated
 * @param scale mean absolute seasonal difference of the context, above 0
 */
record CollectionWindow(double[] context, double[] future, double[] seasonalNaive, double scale) {
  private static final double LEAST_SCALE = 1e-9;

  /** With its seasonal naive forecast and its scale; a context shorter than a season has none. */
  static CollectionWindow of(double[] context, double[] future, int season) {
    int lag = context.length > season ? season : 1;
    double sum = 0;
    int count = 0;
    for (int t = lag; t < context.length; t++) {
      double change = Math.abs(context[t] - context[t - lag]);
      if (!Double.isNaN(change)) {
        sum += change;
        count++;
      }
    }
    double scale = count == 0 ? 0 : sum / count;
    if (!(scale > LEAST_SCALE)) {
      scale = Arrays.stream(future).map(Math::abs).average().orElse(0) + LEAST_SCALE;
    }
    return new CollectionWindow(context, future, naive(context, future.length, lag), scale);
  }

  private static double[] naive(double[] context, int horizon, int lag) {
    double[] filled = context.clone();
    for (int t = 0; t < filled.length; t++) {
      if (Double.isNaN(filled[t])) {
        filled[t] = t >= lag ? filled[t - lag] : t > 0 ? filled[t - 1] : 0;
      }
    }
    double[] naive = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      naive[h] = filled[filled.length - lag + h % lag];
    }
    return naive;
  }
}

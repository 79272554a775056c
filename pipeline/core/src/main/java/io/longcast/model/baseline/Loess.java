package io.longcast.model.baseline;

/**
 * Local linear regression with tricube weights on equally spaced values (Cleveland, Cleveland,
 * McRae and Terpenning 1990, section 2.1).
 */
final class Loess {
  private Loess() {}

  /** Smooths all values. */
  static double[] smooth(double[] y, int window) {
    double[] smoothed = new double[y.length];
    for (int t = 0; t < y.length; t++) {
      smoothed[t] = at(y, t, window);
    }
    return smoothed;
  }

  /**
   * The fitted value at a place, which may lie beyond the ends.
   *
   * @param window values that count, the nearest ones; with more than there are the weights level
   *     out
   */
  static double at(double[] y, int place, int window) {
    int n = y.length;
    int used = Math.min(window, n);
    int from = Math.max(0, Math.min(n - used, place - used / 2));
    double width = Math.max(Math.abs(place - from), Math.abs(from + used - 1 - place));
    width = Math.max(1, width + Math.max(0, window - n) / 2.0) * 1.001;
    double total = 0;
    double first = 0;
    double second = 0;
    double value = 0;
    double product = 0;
    for (int t = from; t < from + used; t++) {
      double d = t - place;
      double u = Math.abs(d) / width;
      double cube = 1 - u * u * u;
      double weight = cube > 0 ? cube * cube * cube : 0;
      total += weight;
      first += weight * d;
      second += weight * d * d;
      value += weight * y[t];
      product += weight * d * y[t];
    }
    double determinant = total * second - first * first;
    return determinant > 1e-9 * total * second
        ? (value * second - first * product) / determinant
        : value / total;
  }
}

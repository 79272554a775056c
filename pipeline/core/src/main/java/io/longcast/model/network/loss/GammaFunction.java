package io.longcast.model.network.loss;

import io.longcast.series.Scalars;

/**
 * Logarithm of the gamma function and its derivative for positive arguments: shifted up by the
 * recurrence, then Stirling's series (Abramowitz and Stegun 6.1.41, 6.3.18). Error below 1e-10.
 */
final class GammaFunction {
  private static final double ENOUGH = 10;
  private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

  private GammaFunction() {}

  static double log(double x) {
    double product = 1;
    double z = x;
    while (z < ENOUGH) {
      product *= z;
      z++;
    }
    double s = 1 / (z * z);
    double series = (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s / 1680))) / z;
    return (z - 0.5) * Scalars.log(z) - z + HALF_LOG_TWO_PI + series - Scalars.log(product);
  }

  static double digamma(double x) {
    double sum = 0;
    double z = x;
    while (z < ENOUGH) {
      sum += 1 / z;
      z++;
    }
    double s = 1 / (z * z);
    double series = s * (1.0 / 12 - s * (1.0 / 120 - s * (1.0 / 252 - s / 240)));
    return Scalars.log(z) - 0.5 / z - series - sum;
  }
}

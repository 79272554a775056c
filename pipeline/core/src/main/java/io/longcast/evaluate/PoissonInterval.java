package io.longcast.evaluate;

import java.util.function.DoublePredicate;

/**
 * A confidence interval of the mean of a Poisson variable from one count.
 *
 * @param lower lower end, at least 0
 * @param upper upper end
 */
public record PoissonInterval(double lower, double upper) {

  /**
   * The exact interval of Garwood (1936): never covers less than promised.
   *
   * @param count seen, at least 0
   * @param confidence such as 0.95
   */
  public static PoissonInterval garwood(long count, double confidence) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be >= 0, found " + count);
    }
    double tail = .5 * (1 - confidence);
    double most = count + 20 + 10 * Math.sqrt(count + 1.0);
    double lower = count == 0 ? 0 : bisect(count, mean -> 1 - atMost(count - 1, mean) < tail);
    return new PoissonInterval(lower, bisect(most, mean -> atMost(count, mean) > tail));
  }

  private static double bisect(double most, DoublePredicate goUp) {
    double low = 0;
    double high = most;
    for (int i = 0; i < 60; i++) {
      double middle = .5 * (low + high);
      if (goUp.test(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return .5 * (low + high);
  }

  /** P(X &lt;= count), summed in logarithms. */
  private static double atMost(long count, double mean) {
    double log = -mean;
    double sum = Math.exp(log);
    for (long k = 1; k <= count; k++) {
      log += Math.log(mean / k);
      sum += Math.exp(log);
    }
    return Math.min(1, sum);
  }
}

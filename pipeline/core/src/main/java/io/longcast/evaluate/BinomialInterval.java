package io.longcast.evaluate;

import io.longcast.series.NormalDistribution;
import java.util.function.DoublePredicate;

/**
 * A confidence interval of a share from counts.
 *
 * @param lower lower end, in [0, 1]
 * @param upper upper end
 */
public record BinomialInterval(double lower, double upper) {

  /** Wilson's score interval (1927): hits of trials at a confidence such as 0.95. */
  public static BinomialInterval wilson(long hits, long trials, double confidence) {
    requireTrials(hits, trials);
    double z = NormalDistribution.quantile(0.5 + 0.5 * confidence);
    double share = (double) hits / trials;
    double middle = share + z * z / (2 * trials);
    double half = z * Math.sqrt(share * (1 - share) / trials + z * z / (4.0 * trials * trials));
    double scale = 1 + z * z / trials;
    return new BinomialInterval(
        hits == 0 ? 0 : (middle - half) / scale, hits == trials ? 1 : (middle + half) / scale);
  }

  /** The exact interval of Clopper and Pearson (1934): never covers less than promised. */
  public static BinomialInterval clopperPearson(long hits, long trials, double confidence) {
    requireTrials(hits, trials);
    double tail = 0.5 * (1 - confidence);
    double lower = hits == 0 ? 0 : bisect(share -> 1 - atMost(hits - 1, trials, share) < tail);
    double upper = hits == trials ? 1 : bisect(share -> atMost(hits, trials, share) > tail);
    return new BinomialInterval(lower, upper);
  }

  private static double bisect(DoublePredicate goUp) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double middle = 0.5 * (low + high);
      if (goUp.test(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }

  /** P(X &lt;= hits) for X binomial, summed in logarithms. */
  private static double atMost(long hits, long trials, double share) {
    double log = trials * Math.log1p(-share);
    double sum = Math.exp(log);
    for (long k = 1; k <= hits; k++) {
      log += Math.log((double) (trials - k + 1) / k) + Math.log(share) - Math.log1p(-share);
      sum += Math.exp(log);
    }
    return Math.min(1, sum);
  }

  private static void requireTrials(long hits, long trials) {
    if (trials < 1 || hits < 0 || hits > trials) {
      throw new IllegalArgumentException(
          "0 <= hits <= trials and trials >= 1 must hold, found " + hits + " of " + trials);
    }
  }
}

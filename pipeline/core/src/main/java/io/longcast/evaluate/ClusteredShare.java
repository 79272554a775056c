package io.longcast.evaluate;

import io.longcast.series.NormalDistribution;
import java.util.TreeMap;

/**
 * A share of hits with a confidence interval that holds where trials come in clusters: those of one
 * cluster go together, such as all stocks of one day, only the clusters are independent. Its error
 * is that of a ratio of cluster totals (Liang and Zeger 1986), with the quantile of Student's t of
 * one degree less than there are clusters.
 *
 * @param share hits of all trials, in [0, 1]
 * @param lower lower end of the interval
 * @param upper upper end
 * @param trials how many
 * @param clusters how many; with one there is no telling, and the interval is [0, 1]
 */
public record ClusteredShare(double share, double lower, double upper, long trials, int clusters) {

  /** Counts hits and trials by cluster. */
  public static final class Counts {
    private final TreeMap<String, long[]> byCluster = new TreeMap<>();

    /** Counts one trial. */
    public void add(String cluster, boolean hit) {
      long[] own = byCluster.computeIfAbsent(cluster, name -> new long[2]);
      own[0] += hit ? 1 : 0;
      own[1]++;
    }

    /**
     * The share of all trials; NaN without any.
     *
     * @param confidence such as 0.95
     */
    public ClusteredShare share(double confidence) {
      long hits = 0;
      long trials = 0;
      for (long[] own : byCluster.values()) {
        hits += own[0];
        trials += own[1];
      }
      double share = (double) hits / trials;
      int clusters = byCluster.size();
      if (clusters < 2) {
        return new ClusteredShare(share, 0, 1, trials, clusters);
      }
      double squares = 0;
      for (long[] own : byCluster.values()) {
        double off = own[0] - share * own[1];
        squares += off * off;
      }
      double error = Math.sqrt(squares * clusters / (clusters - 1.0)) / trials;
      double half = studentQuantile(0.5 + 0.5 * confidence, clusters - 1) * error;
      return new ClusteredShare(
          share, Math.max(0, share - half), Math.min(1, share + half), trials, clusters);
    }
  }

  /**
   * Student's t by its expansion about the normal quantile (Abramowitz and Stegun 26.7.5): at 0.975
   * within 3e-3 from 4 degrees of freedom on, below that too near the middle.
   */
  static double studentQuantile(double p, int degrees) {
    double z = NormalDistribution.quantile(p);
    double z2 = z * z;
    double g1 = z * (z2 + 1) / 4;
    double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
    double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
    return z + (g1 + (g2 + (g3 + g4 / degrees) / degrees) / degrees) / degrees;
  }
}

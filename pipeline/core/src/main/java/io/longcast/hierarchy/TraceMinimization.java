package io.longcast.hierarchy;

import io.longcast.matrix.Cholesky;

/**
 * Reconciliation by trace minimization, MinT (Wickramasuriya, Athanasopoulos and Hyndman 2019), in
 * the form of constraints: of all coherent forecasts the one nearest to the base forecasts under
 * the inverse of their errors' covariance W = share * diagonal + (1 - share) * R R' / times, R the
 * residuals. Only a system of as many equations as there are groups is solved; how far a series
 * moves follows from the solution, its own variance and its own residuals.
 *
 * <p>Immutable.
 */
public final class TraceMinimization {
  /** Added to the diagonal of the scaled system, so that groups of equal series have a solution. */
  private static final double RIDGE = 1e-10;

  private final double share;
  private final int times;
  private final double[][] incoherence;
  private final double[] scale;
  private final Cholesky system;

  /**
   * @param share of the diagonal in W, 0 to 1
   * @param variances of the residuals of each group
   * @param shared for each pair of groups the sum of the variances of the series in both; the lower
   *     triangle suffices
   * @param incoherence residuals of each group less the sum of those of its series, {@code [groups,
   *     times]}
   */
  public TraceMinimization(
      double share, double[] variances, double[][] shared, double[][] incoherence) {
    this.share = share;
    this.incoherence = incoherence;
    int groups = variances.length;
    times = groups == 0 ? 0 : incoherence[0].length;
    double[][] matrix = new double[groups][groups];
    for (int u = 0; u < groups; u++) {
      for (int v = 0; v <= u; v++) {
        double diagonal = shared[u][v] + (u == v ? variances[u] : 0);
        double full = times == 0 ? 0 : dot(incoherence[u], incoherence[v]) / times;
        matrix[u][v] = share * diagonal + (1 - share) * full;
      }
    }
    scale = new double[groups];
    for (int u = 0; u < groups; u++) {
      scale[u] = matrix[u][u] > 0 ? 1 / Math.sqrt(matrix[u][u]) : 0;
    }
    system = new Cholesky(scaled(matrix));
  }

  private double[][] scaled(double[][] matrix) {
    for (int u = 0; u < matrix.length; u++) {
      for (int v = 0; v < u; v++) {
        matrix[u][v] *= scale[u] * scale[v];
      }
      matrix[u][u] = 1 + RIDGE;
    }
    return matrix;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /**
   * The multipliers of the constraints at one step.
   *
   * @param gaps base forecast of each group less the sum of those of its series
   */
  public double[] multipliers(double[] gaps) {
    double[] scaled = gaps.clone();
    for (int u = 0; u < scaled.length; u++) {
      scaled[u] *= scale[u];
    }
    double[] solved = system.solve(scaled);
    for (int u = 0; u < solved.length; u++) {
      solved[u] *= scale[u];
    }
    return solved;
  }

  /** What each residual of a series is multiplied by in {@link #move}, {@code [times]}. */
  public double[] weights(double[] multipliers) {
    double[] weights = new double[times];
    for (int u = 0; u < multipliers.length; u++) {
      for (int t = 0; t < times; t++) {
        weights[t] += multipliers[u] * incoherence[u][t];
      }
    }
    return weights;
  }

  /**
   * How far the forecast of a series moves.
   *
   * @param share of the diagonal
   * @param variance of its residuals
   * @param sum of the multipliers of its groups
   * @param residuals {@code [times]}, 0 where not known
   * @param weights of {@link #weights}
   */
  public static double move(
      double share, double variance, double sum, double[] residuals, double[] weights) {
    double together = weights.length == 0 ? 0 : dot(residuals, weights) / weights.length;
    return share * variance * sum - (1 - share) * together;
  }
}

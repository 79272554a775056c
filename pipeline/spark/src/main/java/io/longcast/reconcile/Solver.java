package io.longcast.reconcile;

import io.longcast.hierarchy.Proportion;
import io.longcast.hierarchy.TraceMinimization;
import io.longcast.reconcile.GroupStage.GroupForecast;
import io.longcast.reconcile.MinTraceRevision.Solution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The algebra of one channel on the driver: from the sums of the series' forecasts and the groups'
 * own forecasts to what each series needs to move.
 *
 * @param base forecasts of the groups by id
 * @param sums of the series' forecasts
 * @param horizon steps
 */
record Solver(Map<String, GroupForecast> base, GroupSums sums, int horizon) {

  /** Trace minimization; without any past errors every series counts alike. */
  Solution minTrace(int times) {
    List<String> ids = sums.ids().stream().filter(base::containsKey).toList();
    ids.forEach(id -> sums.shrinkage().add(base.get(id).errors()));
    boolean structural = sums.shrinkage().series() == 0;
    double share = structural ? 1 : sums.shrinkage().intensity();
    TraceMinimization system = system(ids, structural, share, times);
    Map<String, double[]> multipliers = new TreeMap<>();
    ids.forEach(id -> multipliers.put(id, new double[horizon]));
    double[][] weights = new double[horizon][];
    double[][] parts = ids.stream().map(sums::points).toArray(double[][]::new);
    for (int t = 0; t < horizon; t++) {
      double[] gaps = new double[ids.size()];
      for (int u = 0; u < gaps.length; u++) {
        gaps[u] = base.get(ids.get(u)).points()[t] - parts[u][t];
      }
      double[] solved = system.multipliers(gaps);
      weights[t] = structural ? new double[0] : system.weights(solved);
      for (int u = 0; u < gaps.length; u++) {
        multipliers.get(ids.get(u))[t] = solved[u];
      }
    }
    return new Solution(structural, share, multipliers, weights);
  }

  private TraceMinimization system(List<String> ids, boolean structural, double share, int times) {
    int n = ids.size();
    double[] variances = new double[n];
    double[][] shared = new double[n][];
    double[][] incoherence = new double[n][structural ? 0 : times];
    for (int u = 0; u < n; u++) {
      String id = ids.get(u);
      variances[u] = structural ? sums.series(id) : base.get(id).variance();
      shared[u] = new double[u + 1];
      for (int v = 0; v <= u; v++) {
        shared[u][v] =
            structural ? sums.sharedSeries(id, ids.get(v)) : sums.sharedVariance(id, ids.get(v));
      }
      double[] errors = sums.errors(id);
      for (int t = 0; t < incoherence[u].length; t++) {
        incoherence[u][t] = base.get(id).errors()[t] - errors[t];
      }
    }
    return new TraceMinimization(share, variances, shared, incoherence);
  }

  /** The shares of the groups of the last level in the forecasts of those of the first. */
  Map<String, Proportion[]> shares(Hierarchy hierarchy) {
    Map<String, double[]> targets = new TreeMap<>();
    Map<String, Proportion[]> shares = new TreeMap<>();
    for (int level = 0; level < hierarchy.levels().size(); level++) {
      targets = targets(level, targets);
    }
    for (Map.Entry<String, double[]> last : targets.entrySet()) {
      String id = last.getKey();
      double[] parts = sums.points(id);
      double[] absolute = sums.absolute(id);
      shares.put(id, proportions(parts, absolute, sums.series(id), last.getValue()));
    }
    return shares;
  }

  /** What the groups of a level are to add up to, from that of the level above. */
  private Map<String, double[]> targets(int level, Map<String, double[]> above) {
    List<String> ids = sums.ids().stream().filter(id -> sums.level(id) == level).toList();
    Map<String, double[]> targets = new TreeMap<>();
    if (level == 0) {
      ids.forEach(id -> targets.put(id, points(id)));
      return targets;
    }
    Map<String, List<String>> parts = new TreeMap<>();
    ids.forEach(id -> parts.computeIfAbsent(sums.parent(id), key -> new ArrayList<>()).add(id));
    parts.forEach(
        (parent, children) -> {
          double[] sum = new double[horizon];
          double[] absolute = new double[horizon];
          children.forEach(id -> add(points(id), sum, absolute));
          Proportion[] share = proportions(sum, absolute, children.size(), above.get(parent));
          children.forEach(id -> targets.put(id, applied(share, points(id))));
        });
    return targets;
  }

  private double[] points(String id) {
    return base.containsKey(id) ? base.get(id).points() : sums.points(id);
  }

  private static void add(double[] points, double[] sum, double[] absolute) {
    for (int t = 0; t < sum.length; t++) {
      sum[t] += points[t];
      absolute[t] += Math.abs(points[t]);
    }
  }

  private static Proportion[] proportions(
      double[] parts, double[] absolute, int count, double[] totals) {
    Proportion[] made = new Proportion[totals.length];
    for (int t = 0; t < made.length; t++) {
      made[t] = Proportion.of(parts[t], absolute[t], count, totals[t]);
    }
    return made;
  }

  private static double[] applied(Proportion[] share, double[] points) {
    double[] made = new double[points.length];
    for (int t = 0; t < made.length; t++) {
      made[t] = share[t].of(points[t]);
    }
    return made;
  }
}

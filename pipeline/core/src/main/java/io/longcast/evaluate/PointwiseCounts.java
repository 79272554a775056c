package io.longcast.evaluate;

import java.io.Serializable;
import java.util.List;

/**
 * Row by row counts of alarms against labels; mergeable by adding. F1 = 2TP / (2TP + FP + FN), FAR
 * = FP / (FP + TN), MAR = FN / (FN + TP), both as shares in [0, 1].
 *
 * @param truePositives alarms on anomalous rows
 * @param falsePositives alarms on normal rows
 * @param falseNegatives anomalous rows without an alarm
 * @param trueNegatives normal rows without an alarm
 */
public record PointwiseCounts(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives)
    implements Serializable {

  /** Nothing counted yet. */
  public static final PointwiseCounts NONE = new PointwiseCounts(0, 0, 0, 0);

  /** Counts rows {@code [from, to)}. */
  public static PointwiseCounts of(boolean[] alarms, boolean[] labels, int from, int to) {
    long[] counts = new long[4];
    for (int i = from; i < to; i++) {
      counts[(alarms[i] ? 0 : 2) + (alarms[i] == labels[i] ? 0 : 1)]++;
    }
    return new PointwiseCounts(counts[0], counts[1], counts[3], counts[2]);
  }

  /**
   * Counts after point adjustment: one alarm inside a labelled run makes the whole run detected. A
   * random score reaches high values by this rule (Kim et al., AAAI 2022); shown only together with
   * the plain counts.
   */
  public static PointwiseCounts pointAdjusted(
      boolean[] alarms, boolean[] labels, int from, int to) {
    boolean[] adjusted = alarms.clone();
    for (RowInterval run : RowInterval.runs(labels)) {
      boolean hit = false;
      for (int i = Math.max(from, run.first()); i <= Math.min(run.last(), to - 1); i++) {
        hit |= alarms[i];
      }
      for (int i = run.first(); hit && i <= run.last(); i++) {
        adjusted[i] = true;
      }
    }
    return of(adjusted, labels, from, to);
  }

  /** The sum of two counts. */
  public PointwiseCounts plus(PointwiseCounts other) {
    return new PointwiseCounts(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives,
        trueNegatives + other.trueNegatives);
  }

  /** {@code f1}, {@code precision}, {@code recall}, {@code far}, {@code mar}. */
  public List<Metric> metrics() {
    long positives = truePositives + falseNegatives;
    long alarms = truePositives + falsePositives;
    return List.of(
        Metric.mean("f1", 2.0 * truePositives, alarms + positives),
        Metric.mean("precision", truePositives, alarms),
        Metric.mean("recall", truePositives, positives),
        Metric.mean("far", falsePositives, falsePositives + trueNegatives),
        Metric.mean("mar", falseNegatives, positives));
  }
}

package io.longcast.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * VUS-PR: the volume under the surface of precision over recall over the width of a tolerance
 * around the labels (Paparrizos, Boniol, Palpanas, Tsay, Elmore and Franklin, "Volume Under the
 * Surface", PVLDB 15(11), 2022, section 4). For each width ℓ = 0..L the labels are softened: a row
 * at distance d ≤ ℓ/2 from a labelled run weighs √(1 - d/ℓ). Recall is divided by the mean of hard
 * and soft positives and multiplied with the share of runs touched; the area under precision over
 * recall is summed over up to 250 thresholds evenly spaced in rank; the volume is the mean over the
 * widths.
 *
 * @param widest L, at least 0; the usual choice is the period or the typical anomaly's length
 */
public record VolumeUnderSurface(int widest) {
  private static final int THRESHOLDS = 250;

  public VolumeUnderSurface {
    if (widest < 0) {
      throw new IllegalArgumentException("widest must be >= 0, found " + widest);
    }
  }

  /** VUS-PR of a file; NaN with count 0 if no row is labelled. */
  public Metric precisionRecall(double[] scores, boolean[] labels) {
    long positives = IntStream.range(0, labels.length).filter(i -> labels[i]).count();
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double sum = 0;
    for (int width = 0; positives > 0 && width <= widest; width++) {
      sum += area(scores, order, soften(labels, width), positives);
    }
    return new Metric("vus_pr", sum / (widest + 1), positives);
  }

  static double[] soften(boolean[] labels, int width) {
    double[] soft = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      soft[i] = labels[i] ? 1 : 0;
    }
    for (RowInterval run : RowInterval.runs(labels)) {
      for (int d = 1; d <= width / 2; d++) {
        double weight = Math.sqrt(1 - (double) d / width);
        raise(soft, run.first() - d, weight);
        if (d < width / 2) {
          raise(soft, run.last() + d, weight);
        }
      }
    }
    return soft;
  }

  private static void raise(double[] soft, int at, double weight) {
    if (at >= 0 && at < soft.length) {
      soft[at] = Math.min(1, soft[at] + weight);
    }
  }

  private static double area(double[] scores, int[] order, double[] soft, long positives) {
    double total = 0.5 * (positives + Arrays.stream(soft).sum());
    double[] tops = runTops(scores, soft);
    double area = 0;
    double recallBefore = 0;
    double hits = 0;
    int taken = 0;
    for (int k = 0; k < THRESHOLDS; k++) {
      double threshold = scores[order[(int) ((long) k * (order.length - 1) / (THRESHOLDS - 1))]];
      while (taken < order.length && scores[order[taken]] >= threshold) {
        hits += soft[order[taken++]];
      }
      long touched = Arrays.stream(tops).filter(top -> top >= threshold).count();
      double recall = Math.min(1, hits / total) * touched / tops.length;
      area += (recall - recallBefore) * hits / taken;
      recallBefore = recall;
    }
    return area;
  }

  /** The highest score in each run of softened labels. */
  private static double[] runTops(double[] scores, double[] soft) {
    boolean[] flags = new boolean[soft.length];
    for (int i = 0; i < soft.length; i++) {
      flags[i] = soft[i] > 0;
    }
    List<RowInterval> runs = RowInterval.runs(flags);
    return runs.stream()
        .mapToDouble(run -> Arrays.stream(scores, run.first(), run.last() + 1).max().orElseThrow())
        .toArray();
  }
}

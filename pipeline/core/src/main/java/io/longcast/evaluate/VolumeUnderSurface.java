package io.longcast.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * VUS-PR: the volume under the surface of precision over recall over the width of a tolerance
 * around the labels (Paparrizos, Boniol, Palpanas, Tsay, Elmore and Franklin, "Volume Under the
 * Surface", PVLDB 15(11), 2022, section 4), as the TSB-AD benchmark computes it (version 1.5,
 * {@code RangeAUC_volume_opt}). For each width ℓ = 0..L a row at distance d ≤ ℓ/2 from a labelled
 * run weighs √(1 - d/ℓ) where it is predicted. Recall is divided by the mean of hard and soft
 * positives and multiplied with the share of softened runs touched; the area under precision over
 * recall is summed over 250 thresholds evenly spaced in rank; the volume is the mean over the
 * widths.
 *
 * @param widest L, in rows, at least 0
 */
public record VolumeUnderSurface(int widest) {
  private static final int THRESHOLDS = 250;
  private static final int NEWEST_LAG = 400;
  private static final int SHORTEST_LAG = 3;
  private static final int LONGEST_PERIOD = 300;
  private static final int WITHOUT_PERIOD = 125;
  private static final int ROWS = 20_000;

  public VolumeUnderSurface {
    if (widest < 0) {
      throw new IllegalArgumentException("widest must be >= 0, found " + widest);
    }
  }

  /**
   * The surface with the width that TSB-AD takes for a series ({@code find_length_rank}): the lag
   * of the highest peak of the autocorrelation of the first 20,000 values, between 6 and 303; 125
   * where there is none.
   *
   * @param values the whole series
   */
  public static VolumeUnderSurface ofSeries(double[] values) {
    double[] correlation = autocorrelation(Arrays.copyOf(values, Math.min(ROWS, values.length)));
    int best = -1;
    for (int lag = SHORTEST_LAG + 1; lag < correlation.length - 1; lag++) {
      boolean isPeak =
          correlation[lag] > correlation[lag - 1] && correlation[lag] > correlation[lag + 1];
      if (isPeak && (best < 0 || correlation[lag] > correlation[best])) {
        best = lag;
      }
    }
    int place = best - SHORTEST_LAG;
    boolean isUsable = place >= SHORTEST_LAG && place <= LONGEST_PERIOD;
    return new VolumeUnderSurface(isUsable ? best : WITHOUT_PERIOD);
  }

  private static double[] autocorrelation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double[] sums = new double[Math.min(NEWEST_LAG, Math.max(0, values.length - 1)) + 1];
    for (int lag = 0; lag < sums.length; lag++) {
      for (int t = lag; t < values.length; t++) {
        sums[lag] += (values[t] - mean) * (values[t - lag] - mean);
      }
    }
    double all = sums[0];
    return Arrays.stream(sums).map(sum -> all > 0 ? sum / all : 0).toArray();
  }

  /** VUS-PR of a series; NaN with count 0 if no row is labelled. */
  public Metric precisionRecall(double[] scores, boolean[] labels) {
    List<RowInterval> runs = RowInterval.runs(labels);
    long positives = runs.stream().mapToLong(run -> run.last() - run.first() + 1L).sum();
    if (positives == 0) {
      return new Metric("vus_pr", Double.NaN, 0);
    }
    Surface surface = new Surface(scores, labels, runs, positives);
    double sum = 0;
    for (int width = 0; width <= widest; width++) {
      sum += surface.area(width);
    }
    return new Metric("vus_pr", sum / (widest + 1), positives);
  }

  /** The scores of a series at thresholds from the highest to the lowest. */
  private static final class Surface {
    private final boolean[] labels;
    private final List<RowInterval> runs;
    private final long positives;
    private final double[] sorted;
    private final double[] thresholds = new double[THRESHOLDS];
    private final double[] predicted = new double[THRESHOLDS];
    private final double[] hard = new double[THRESHOLDS];
    private final int[] firsts;
    private final double[] soft;

    Surface(double[] scores, boolean[] labels, List<RowInterval> runs, long positives) {
      this.labels = labels;
      this.runs = runs;
      this.positives = positives;
      sorted = scores.clone();
      Arrays.sort(sorted);
      double apart = (sorted.length - 1) / (THRESHOLDS - 1.0);
      for (int k = 0; k < THRESHOLDS; k++) {
        int rank = k == THRESHOLDS - 1 ? sorted.length - 1 : (int) (k * apart);
        thresholds[k] = sorted[sorted.length - 1 - rank];
        predicted[k] = sorted.length - firstAtLeast(thresholds[k]);
      }
      firsts = new int[scores.length];
      Arrays.setAll(firsts, row -> first(scores[row]));
      soft = new double[scores.length];
      for (int row = 0; row < labels.length; row++) {
        hard[firsts[row]] += labels[row] ? 1 : 0;
      }
    }

    private int firstAtLeast(double threshold) {
      int low = 0;
      int high = sorted.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (sorted[middle] < threshold) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    /** Index of the first threshold that a score reaches; the last one is the lowest score. */
    private int first(double score) {
      int low = 0;
      int high = THRESHOLDS - 1;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (score >= thresholds[middle]) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }

    double area(int width) {
      soften(width);
      double[] near = new double[THRESHOLDS];
      double[] touched = new double[THRESHOLDS];
      int softRuns = 0;
      int at = 0;
      while (at < runs.size()) {
        int end = at;
        while (end + 1 < runs.size()
            && runs.get(end).last() + width / 2 >= runs.get(end + 1).first() - width / 2) {
          end++;
        }
        int from = Math.max(0, runs.get(at).first() - width / 2);
        int to = Math.min(soft.length - 1, runs.get(end).last() + width / 2);
        touched[take(from, to, near)]++;
        softRuns++;
        at = end + 1;
      }
      return area(near, touched, softRuns);
    }

    /** Adds the weights of a softened run; the first threshold that one of its rows reaches. */
    private int take(int from, int to, double[] near) {
      int earliest = THRESHOLDS - 1;
      for (int row = from; row <= to; row++) {
        earliest = Math.min(earliest, firsts[row]);
        if (!labels[row]) {
          near[firsts[row]] += Math.min(1, soft[row]);
        }
      }
      return earliest;
    }

    private void soften(int width) {
      for (RowInterval run : runs) {
        for (int d = 1; d <= width / 2; d++) {
          set(run.first() - d, 0);
          set(run.last() + d, 0);
        }
      }
      for (RowInterval run : runs) {
        for (int d = 1; d <= width / 2; d++) {
          double weight = Math.sqrt(1 - (double) d / width);
          set(run.first() - d, soft(run.first() - d) + weight);
          set(run.last() + d, soft(run.last() + d) + weight);
        }
      }
    }

    private double soft(int row) {
      return row >= 0 && row < soft.length ? soft[row] : 0;
    }

    private void set(int row, double weight) {
      if (row >= 0 && row < soft.length) {
        soft[row] = weight;
      }
    }

    private double area(double[] near, double[] touched, int softRuns) {
      double area = 0;
      double before = 0;
      double hits = 0;
      double nearHits = 0;
      double found = 0;
      for (int k = 0; k < THRESHOLDS; k++) {
        hits += hard[k];
        nearHits += near[k];
        found += touched[k];
        double total = (2 * positives + nearHits) / 2;
        double recall = Math.min(1, (hits + nearHits) / total) * found / softRuns;
        area += (recall - before) * (hits + nearHits) / predicted[k];
        before = recall;
      }
      return area;
    }
  }
}

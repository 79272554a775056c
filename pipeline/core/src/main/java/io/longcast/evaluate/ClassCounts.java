package io.longcast.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A confusion matrix of class predictions; mergeable.
 *
 * <ul>
 *   <li>{@code accuracy};
 *   <li>{@code macro_f1}: mean F1 over the classes that occur as label or prediction;
 *   <li>{@code mcc}: Matthews correlation, for any number of classes (Gorodkin 2004); 0 where only
 *       one class is predicted or only one occurs;
 *   <li>{@code majority_accuracy}: of always predicting the most frequent label.
 * </ul>
 */
public final class ClassCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double MOST_WEIGHT = 100;

  private final long[][] counts;

  /**
   * @param classes number of classes, at least 2
   */
  public ClassCounts(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("classes must be >= 2, found " + classes);
    }
    counts = new long[classes][classes];
  }

  /** Counts one example. */
  public void add(int actual, int predicted) {
    counts[actual][predicted]++;
  }

  /** Number of classes. */
  public int classes() {
    return counts.length;
  }

  /** Examples of a class. */
  public long labelled(int code) {
    return Arrays.stream(counts[code]).sum();
  }

  /** Examples of all classes. */
  public long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /** The class of the most examples, the first of equals. */
  public int mostFrequent() {
    int best = 0;
    for (int code = 1; code < counts.length; code++) {
      best = labelled(code) > labelled(best) ? code : best;
    }
    return best;
  }

  /**
   * Weights that balance the classes, fully (power 1) or partly: {@code (examples of the mean class
   * / examples of the class) ^ power}, at most a hundred; 1 for a class without examples, which
   * does not count in the mean.
   *
   * @param power 0 to 1
   */
  public List<Double> balancedWeights(double power) {
    double all = 0;
    int occurring = 0;
    for (int code = 0; code < counts.length; code++) {
      all += labelled(code);
      occurring += labelled(code) > 0 ? 1 : 0;
    }
    List<Double> weights = new ArrayList<>();
    for (int code = 0; code < counts.length; code++) {
      double share = labelled(code) * occurring / all;
      weights.add(share > 0 ? Math.min(MOST_WEIGHT, Math.pow(share, -power)) : 1.0);
    }
    return weights;
  }

  /**
   * The share of each class, as one who knows only these counts expects it: every class is counted
   * once more than it was seen (Laplace's rule of succession), so that none is held impossible.
   */
  public float[] expectedShares() {
    float[] shares = new float[counts.length];
    for (int code = 0; code < counts.length; code++) {
      shares[code] = (float) ((labelled(code) + 1.0) / (total() + counts.length));
    }
    return shares;
  }

  /** A metric by its name. */
  public Metric metric(String name) {
    return Metric.named(name, metrics());
  }

  /** Adds the counts of another state. */
  public void merge(ClassCounts other) {
    for (int a = 0; a < counts.length; a++) {
      for (int p = 0; p < counts.length; p++) {
        counts[a][p] += other.counts[a][p];
      }
    }
  }

  /** The metrics of the counts. */
  public List<Metric> metrics() {
    long all = total();
    long right = 0;
    long majority = 0;
    double f1 = 0;
    int occurring = 0;
    for (int c = 0; c < counts.length; c++) {
      right += counts[c][c];
      majority = Math.max(majority, labelled(c));
      if (labelled(c) + predicted(c) > 0) {
        occurring++;
        f1 += f1(c).value();
      }
    }
    return List.of(
        Metric.mean("accuracy", right, all),
        new Metric("macro_f1", f1 / occurring, all),
        new Metric("mcc", correlation(right, all), all),
        Metric.mean("majority_accuracy", majority, all));
  }

  /** F1, precision and recall of one class; NaN where it neither occurs nor is predicted. */
  List<Metric> ofClass(int code) {
    return List.of(
        f1(code),
        Metric.mean("precision", counts[code][code], predicted(code)),
        Metric.mean("recall", counts[code][code], labelled(code)));
  }

  private Metric f1(int code) {
    return Metric.mean("f1", 2.0 * counts[code][code], labelled(code) + predicted(code));
  }

  private double correlation(double right, double all) {
    double cross = 0;
    double squaredLabels = 0;
    double squaredPredictions = 0;
    for (int c = 0; c < counts.length; c++) {
      cross += (double) labelled(c) * predicted(c);
      squaredLabels += (double) labelled(c) * labelled(c);
      squaredPredictions += (double) predicted(c) * predicted(c);
    }
    double spread = (all * all - squaredLabels) * (all * all - squaredPredictions);
    return spread == 0 ? 0 : (right * all - cross) / Math.sqrt(spread);
  }

  private long predicted(int c) {
    return Arrays.stream(counts).mapToLong(row -> row[c]).sum();
  }
}

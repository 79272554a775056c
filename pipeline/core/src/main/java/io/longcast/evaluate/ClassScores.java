package io.longcast.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts and losses of a classifier; mergeable. In addition to the metrics of {@link ClassCounts}:
 * {@code log_loss}, the mean of {@code -ln} of the probability of the true class, no probability
 * counting as less than a ten-millionth.
 */
public final class ClassScores implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double LEAST = 1e-7;

  private final ClassCounts counts;
  private final double[] probability;
  private double surprisal;

  /**
   * @param classes number of classes, at least 2
   */
  public ClassScores(int classes) {
    counts = new ClassCounts(classes);
    probability = new double[classes];
  }

  /**
   * Counts one example.
   *
   * @param actual its class
   * @param predicted the class decided for
   * @param probabilities those of its classes stand from {@code from} on
   */
  public void add(int actual, int predicted, float[] probabilities, int from) {
    counts.add(actual, predicted);
    surprisal -= Math.log(Math.max(LEAST, probabilities[from + actual]));
    for (int k = 0; k < probability.length; k++) {
      probability[k] += probabilities[from + k];
    }
  }

  /** Adds the scores of another state. */
  public void merge(ClassScores other) {
    counts.merge(other.counts);
    surprisal += other.surprisal;
    for (int k = 0; k < probability.length; k++) {
      probability[k] += other.probability[k];
    }
  }

  /** The confusion matrix. */
  public ClassCounts counts() {
    return counts;
  }

  /** A metric by its name. */
  public Metric metric(String name) {
    return Metric.named(name, metrics());
  }

  /** Sum of {@code -ln} of the probabilities of the true classes. */
  public double surprisal() {
    return surprisal;
  }

  /** The metrics over all classes. */
  public List<Metric> metrics() {
    List<Metric> all = new ArrayList<>(counts.metrics());
    all.add(Metric.mean("log_loss", surprisal, counts.total()));
    return all;
  }

  /**
   * The metrics of one class: {@code f1}, {@code precision} and {@code recall}; {@code frequency},
   * the share of its labels, and {@code mean_probability}, which is the same where probabilities
   * are calibrated.
   */
  public List<Metric> ofClass(int code) {
    List<Metric> all = new ArrayList<>(counts.ofClass(code));
    all.add(Metric.mean("frequency", counts.labelled(code), counts.total()));
    all.add(Metric.mean("mean_probability", probability[code], counts.total()));
    return all;
  }
}

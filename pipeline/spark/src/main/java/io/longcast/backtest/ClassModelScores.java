package io.longcast.backtest;

import io.longcast.evaluate.ClassScores;
import io.longcast.forecast.WindowStratum;
import io.longcast.model.ClassBatch;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known of one classifier after a comparison: its scores over all windows, and those of
 * each series, of each step and of each {@link WindowStratum}. Mergeable.
 */
public final class ClassModelScores implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final int classes;
  private final ClassScores pooled;
  private final TreeMap<SeriesChannel, ClassScores> bySeries = new TreeMap<>();
  private final TreeMap<Integer, ClassScores> byStep = new TreeMap<>();
  private final TreeMap<WindowStratum, ClassScores> byGroup = new TreeMap<>();

  ClassModelScores(String name, int classes) {
    this.name = name;
    this.classes = classes;
    pooled = new ClassScores(classes);
  }

  /**
   * Adds a labelled step.
   *
   * @param series its series and label
   * @param groups of its window
   * @param step from 1
   * @param actual its class
   * @param found what was found of the batch
   * @param at window times horizon plus step
   */
  void add(
      SeriesChannel series,
      Set<WindowStratum> groups,
      int step,
      int actual,
      ClassBatch found,
      int at) {
    int code = found.codes()[at];
    int from = at * classes;
    pooled.add(actual, code, found.probabilities(), from);
    of(bySeries, series).add(actual, code, found.probabilities(), from);
    of(byStep, step).add(actual, code, found.probabilities(), from);
    for (WindowStratum group : groups) {
      of(byGroup, group).add(actual, code, found.probabilities(), from);
    }
  }

  private <K> ClassScores of(Map<K, ClassScores> scores, K key) {
    return scores.computeIfAbsent(key, k -> new ClassScores(classes));
  }

  ClassModelScores copy() {
    ClassModelScores copy = new ClassModelScores(name, classes);
    copy.merge(this);
    return copy;
  }

  void merge(ClassModelScores other) {
    pooled.merge(other.pooled);
    other.bySeries.forEach((key, scores) -> of(bySeries, key).merge(scores));
    other.byStep.forEach((key, scores) -> of(byStep, key).merge(scores));
    other.byGroup.forEach((key, scores) -> of(byGroup, key).merge(scores));
  }

  /** The classifier. */
  public String name() {
    return name;
  }

  /** Scores over all windows. */
  public ClassScores pooled() {
    return pooled;
  }

  /** Scores by series, in the order of their ids. */
  Map<SeriesChannel, ClassScores> bySeries() {
    return new TreeMap<>(bySeries);
  }

  /** Scores by step, 1 to the horizon. */
  public Map<Integer, ClassScores> byStep() {
    return new TreeMap<>(byStep);
  }

  /** Scores of each group that has a labelled step. */
  public Map<WindowStratum, ClassScores> byGroup() {
    return new TreeMap<>(byGroup);
  }
}

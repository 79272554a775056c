package io.longcast.backtest;

import io.longcast.evaluate.Metric;
import java.util.List;
import java.util.Map;

/** The result of comparing a model with its baselines: all that the gate and the tables ask. */
public interface Evaluation {

  /** Whether any window was evaluated. */
  boolean hasWindows();

  /** Whether the model under test beats every baseline. */
  boolean subjectWins();

  /** Metrics over all windows by model, the model under test first. */
  Map<String, List<Metric>> metrics();

  /** Metrics of groups of windows apart. */
  List<Group> groups();

  /** Metrics of each series, and of each step of the horizon. */
  List<Detail> details();

  /**
   * Skill of the model under test against each baseline, bootstrapped over series.
   *
   * @param how confidence and number of resamples
   * @param seed of the resampling
   */
  List<Skill> skills(BacktestSpec how, long seed);

  /**
   * Metrics of a group of windows.
   *
   * @param model whose
   * @param group a {@code WindowGroup}'s word; of a classifier also the name of a class
   * @param metrics its figures
   */
  record Group(String model, String group, List<Metric> metrics) {}

  /**
   * Metrics of one series or of one step.
   *
   * @param model whose
   * @param series the series; null over all
   * @param channel its channel; null over all
   * @param step from 1; null over all
   * @param metrics its figures
   */
  record Detail(String model, String series, String channel, Integer step, List<Metric> metrics) {

    /** Of one channel of a series. */
    static Detail ofSeries(String model, SeriesChannel of, List<Metric> metrics) {
      return new Detail(model, of.series(), of.channel(), null, metrics);
    }

    /** Of a step. */
    static Detail ofStep(String model, int step, List<Metric> metrics) {
      return new Detail(model, null, null, step, metrics);
    }
  }
}

package io.longcast.benchmark;

import io.longcast.evaluate.Metric;
import java.util.List;

/** What is scored in a benchmark and how it is evaluated. */
interface DetectionProtocol {

  /** All series with their labels. */
  List<LabelledSeries> series();

  /** The frozen threshold of the detector under test. */
  double threshold();

  /**
   * The metrics of one detector.
   *
   * @param scores one array a series
   * @param threshold alarm at or above it, for all series
   */
  List<Metric> metrics(List<double[]> scores, double threshold);

  /**
   * Counts of one series, at each of some thresholds; counts of series add up.
   *
   * @param index of the series
   * @param scores one a row
   * @param thresholds ascending
   * @return {@code [thresholds][counts]}
   */
  double[][] tallies(int index, double[] scores, double[] thresholds);

  /**
   * What thresholds and parts are chosen by: a figure of added counts, higher is better. F1 of
   * counts that begin with true positives, false positives and false negatives, unless a protocol
   * has its own figure.
   */
  default double figure(double[] tally) {
    double judged = 2 * tally[0] + tally[1] + tally[2];
    return judged > 0 ? 2 * tally[0] / judged : 0;
  }

  /** Whether thresholds with such counts may be chosen. */
  default boolean admits(double[] tally) {
    return true;
  }

  /** Name of {@link #figure}. */
  default String figureName() {
    return "f1";
  }
}

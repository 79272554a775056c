package io.longcast.benchmark;

import io.longcast.evaluate.Metric;
import java.util.List;

/** What is scored in a benchmark and how it is judged. */
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

  /** The threshold that would have done best on these labels. */
  double oracle(List<double[]> scores);
}

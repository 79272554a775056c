package io.longcast.benchmark;

import io.longcast.evaluate.Metric;
import io.longcast.evaluate.VolumeUnderSurface;
import java.util.Arrays;
import java.util.List;

/** Threshold-free figures over many series. */
final class Surfaces {
  private static final int WIDEST = 50;

  private Surfaces() {}

  /** Mean VUS-PR of the series with labels, over the rows after learning. */
  static Metric mean(List<LabelledSeries> series, List<double[]> scores) {
    VolumeUnderSurface surface = new VolumeUnderSurface(WIDEST);
    double sum = 0;
    long count = 0;
    for (int i = 0; i < series.size(); i++) {
      int from = series.get(i).series().learningRows();
      int to = series.get(i).series().length();
      Metric one =
          surface.precisionRecall(
              Arrays.copyOfRange(scores.get(i), from, to),
              Arrays.copyOfRange(series.get(i).flags(), from, to));
      if (one.count() > 0) {
        sum += one.value();
        count++;
      }
    }
    return Metric.mean("vus_pr", sum, count);
  }
}

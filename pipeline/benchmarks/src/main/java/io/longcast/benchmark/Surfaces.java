package io.longcast.benchmark;

import io.longcast.evaluate.Metric;
import io.longcast.evaluate.VolumeUnderSurface;
import java.util.Arrays;
import java.util.List;

/** Threshold-free figures over many series. */
final class Surfaces {
  private Surfaces() {}

  /** Mean VUS-PR of the series with labels, over the rows after learning, as TSB-AD does. */
  static Metric mean(List<LabelledSeries> series, List<double[]> scores) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < series.size(); i++) {
      int from = series.get(i).series().learningRows();
      int to = series.get(i).series().length();
      Metric one =
          surface(series.get(i))
              .precisionRecall(
                  Arrays.copyOfRange(scores.get(i), from, to),
                  Arrays.copyOfRange(series.get(i).flags(), from, to));
      if (one.count() > 0) {
        sum += one.value();
        count++;
      }
    }
    return Metric.mean("vus_pr", sum, count);
  }

  /** Of the first channel, as the reference does with multivariate series. */
  static VolumeUnderSurface surface(LabelledSeries labelled) {
    double[][] rows = labelled.series().rows();
    return VolumeUnderSurface.ofSeries(Arrays.stream(rows).mapToDouble(row -> row[0]).toArray());
  }
}

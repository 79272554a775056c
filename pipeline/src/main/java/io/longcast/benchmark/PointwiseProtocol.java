package io.longcast.benchmark;

import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.EventCounts;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.PointwiseCounts;
import io.longcast.evaluate.RowInterval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Labelled rows of multivariate files; the first rows of a file are learned on. */
final class PointwiseProtocol implements DetectionProtocol {
  private final PointwiseSpec spec;
  private final List<LabelledSeries> series = new ArrayList<>();

  PointwiseProtocol(PointwiseSpec spec, Path data) {
    this.spec = spec;
    for (String folder : spec.folders()) {
      for (Path path : DelimitedFile.below(data.resolve(folder), ".csv")) {
        String name = data.relativize(path).toString().replace('\\', '/');
        series.add(read(name, DelimitedFile.read(path, spec.separator().charAt(0))));
      }
    }
  }

  private LabelledSeries read(String name, DelimitedFile file) {
    List<Integer> sensors = new ArrayList<>();
    for (int c = 1; c < file.header().size(); c++) {
      String column = file.header().get(c);
      if (!column.equals(spec.labelColumn()) && !spec.ignoredColumns().contains(column)) {
        sensors.add(c);
      }
    }
    double[][] rows = new double[file.rows().size()][sensors.size()];
    for (int k = 0; k < sensors.size(); k++) {
      double[] column = file.numbers(sensors.get(k));
      for (int i = 0; i < rows.length; i++) {
        rows[i][k] = column[i];
      }
    }
    double[] marks = file.numbers(file.column(spec.labelColumn()));
    boolean[] labels = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = marks[i] > 0;
    }
    return new LabelledSeries(
        new RowSeries(name, file.micros(0), rows, spec.trainRows()), RowInterval.runs(labels));
  }

  @Override
  public List<LabelledSeries> series() {
    return series;
  }

  @Override
  public double threshold() {
    return spec.threshold();
  }

  private static boolean[] alarms(double[] scores, double threshold, int from) {
    boolean[] alarms = new boolean[scores.length];
    for (int i = from; i < scores.length; i++) {
      alarms[i] = scores[i] >= threshold;
    }
    return alarms;
  }

  private PointwiseCounts counts(List<double[]> scores, double threshold) {
    PointwiseCounts counts = PointwiseCounts.NONE;
    for (int i = 0; i < series.size(); i++) {
      boolean[] alarms = alarms(scores.get(i), threshold, spec.trainRows());
      counts =
          counts.plus(
              PointwiseCounts.of(alarms, series.get(i).flags(), spec.trainRows(), alarms.length));
    }
    return counts;
  }

  @Override
  public List<Metric> metrics(List<double[]> scores, double threshold) {
    EventCounts events = EventCounts.NONE;
    PointwiseCounts adjusted = PointwiseCounts.NONE;
    for (int i = 0; i < series.size(); i++) {
      LabelledSeries one = series.get(i);
      boolean[] alarms = alarms(scores.get(i), threshold, spec.trainRows());
      List<RowInterval> judged =
          one.labels().stream().filter(label -> label.first() >= spec.trainRows()).toList();
      events = events.plus(EventCounts.of(RowInterval.runs(alarms), judged));
      adjusted =
          adjusted.plus(
              PointwiseCounts.pointAdjusted(alarms, one.flags(), spec.trainRows(), alarms.length));
    }
    List<Metric> metrics = new ArrayList<>(counts(scores, threshold).metrics());
    metrics.addAll(events.metrics());
    Metric inflated = adjusted.metrics().get(0);
    metrics.add(new Metric("f1_point_adjusted", inflated.value(), inflated.count()));
    metrics.add(Surfaces.mean(series, scores));
    return metrics;
  }

  @Override
  public double oracle(List<double[]> scores) {
    double best = -1;
    double at = Double.POSITIVE_INFINITY;
    for (double threshold : Surfaces.thresholds(series, scores)) {
      double f1 = counts(scores, threshold).metrics().get(0).value();
      if (f1 > best) {
        best = f1;
        at = threshold;
      }
    }
    return at;
  }
}

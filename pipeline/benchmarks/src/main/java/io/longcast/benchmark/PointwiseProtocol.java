package io.longcast.benchmark;

import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.PointwiseCounts;
import io.longcast.evaluate.RowInterval;
import io.longcast.settings.SettingException;
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
        series.add(read(name, DelimitedFile.read(path, spec.separator().charAt(0)).withRows()));
      }
    }
  }

  private LabelledSeries read(String name, DelimitedFile file) {
    int label = file.column(spec.labelColumn());
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
    double[] marks = file.numbers(label);
    boolean[] labels = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = marks[i] > 0;
    }
    if (rows.length <= spec.trainRows()) {
      throw new SettingException(
          "benchmark.pointwise.trainRows",
          "expected more than the "
              + spec.trainRows()
              + " rows that are learned on, found "
              + rows.length
              + " in "
              + file.path());
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

  @Override
  public List<Metric> metrics(List<double[]> scores, double threshold) {
    AlarmCounts counts = AlarmCounts.NONE;
    for (int i = 0; i < series.size(); i++) {
      boolean[] alarms = alarms(scores.get(i), threshold, spec.trainRows());
      counts = counts.plus(AlarmCounts.of(alarms, series.get(i), spec.trainRows()));
    }
    List<Metric> metrics = new ArrayList<>(counts.metrics());
    metrics.add(Surfaces.mean(series, scores));
    return metrics;
  }

  @Override
  public double[][] tallies(int index, double[] scores, double[] thresholds) {
    boolean[] flags = series.get(index).flags();
    double[][] tallies = new double[thresholds.length][];
    for (int t = 0; t < thresholds.length; t++) {
      boolean[] alarms = alarms(scores, thresholds[t], spec.trainRows());
      PointwiseCounts counts = PointwiseCounts.of(alarms, flags, spec.trainRows(), alarms.length);
      tallies[t] =
          new double[] {
            counts.truePositives(),
            counts.falsePositives(),
            counts.falseNegatives(),
            counts.trueNegatives()
          };
    }
    return tallies;
  }

  @Override
  public boolean admits(double[] tally) {
    return tally[1] <= spec.maxFalseAlarms() * (tally[1] + tally[3]);
  }
}

package io.longcast.benchmark;

import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.PointwiseCounts;
import io.longcast.evaluate.RowInterval;
import io.longcast.evaluate.SequenceOverlap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labelled sequences of test files, counted by overlap; the train file is learned on. */
final class TelemetryProtocol implements DetectionProtocol {
  /** The oracle looks no further: an alarm without end would win by overlap. */
  private static final double MOST_FALSE_ALARMS = 0.1;

  private static final Pattern PAIR = Pattern.compile("\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*]");

  private final TelemetrySpec spec;
  private final List<LabelledSeries> series = new ArrayList<>();

  TelemetryProtocol(TelemetrySpec spec, Path data) {
    this.spec = spec;
    DelimitedFile labels = DelimitedFile.read(data.resolve(spec.labelFile()), ',');
    int id = labels.column("chan_id");
    int craft = labels.column("spacecraft");
    int sequences = labels.column("anomaly_sequences");
    for (String[] row : labels.rows()) {
      if (row[craft].equals(spec.spacecraft())) {
        series.add(read(data.resolve(spec.spacecraft()), row[id], row[sequences]));
      }
    }
  }

  private LabelledSeries read(Path folder, String id, String sequences) {
    double[][] train = rows(folder.resolve("train").resolve(id + ".csv.gz"));
    double[][] test = rows(folder.resolve("test").resolve(id + ".csv.gz"));
    double[][] all = new double[train.length + test.length][];
    System.arraycopy(train, 0, all, 0, train.length);
    System.arraycopy(test, 0, all, train.length, test.length);
    List<RowInterval> labels = new ArrayList<>();
    Matcher pairs = PAIR.matcher(sequences);
    while (pairs.find()) {
      labels.add(
          new RowInterval(
              train.length + Integer.parseInt(pairs.group(1)),
              train.length + Integer.parseInt(pairs.group(2))));
    }
    return new LabelledSeries(new RowSeries(id, null, all, train.length), labels);
  }

  private double[][] rows(Path path) {
    DelimitedFile file = DelimitedFile.read(path, ',');
    List<String> seen = spec.columns().isEmpty() ? file.header() : spec.columns();
    double[][] columns = new double[seen.size()][];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = file.numbers(file.column(seen.get(c)));
    }
    double[][] rows = new double[file.rows().size()][columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < columns.length; c++) {
        rows[i][c] = columns[c][i];
      }
    }
    return rows;
  }

  @Override
  public List<LabelledSeries> series() {
    return series;
  }

  @Override
  public double threshold() {
    return spec.threshold();
  }

  private List<RowInterval> predicted(int i, double[] row, double threshold) {
    boolean[] alarms = new boolean[row.length];
    int from = series.get(i).series().learningRows() + spec.unscoredRows();
    for (int t = from; t < row.length; t++) {
      alarms[t] = row[t] >= threshold;
    }
    return RowInterval.merge(RowInterval.runs(alarms), spec.mergeGap());
  }

  /**
   * Share of normal test rows inside predicted sequences. To be read beside F1: one sequence over
   * the whole of every file finds all labels at no more than one false positive a file.
   */
  private Metric falseAlarmRate(List<double[]> scores, double threshold) {
    PointwiseCounts counts = PointwiseCounts.NONE;
    for (int i = 0; i < series.size(); i++) {
      int rows = scores.get(i).length;
      boolean[] alarms = RowInterval.flags(predicted(i, scores.get(i), threshold), rows);
      int from = series.get(i).series().learningRows();
      counts = counts.plus(PointwiseCounts.of(alarms, series.get(i).flags(), from, rows));
    }
    long normal = counts.falsePositives() + counts.trueNegatives();
    return Metric.mean("far", counts.falsePositives(), normal);
  }

  private SequenceOverlap counts(List<double[]> scores, double threshold) {
    SequenceOverlap counts = SequenceOverlap.NONE;
    for (int i = 0; i < series.size(); i++) {
      List<RowInterval> predicted = predicted(i, scores.get(i), threshold);
      counts = counts.plus(SequenceOverlap.of(predicted, series.get(i).labels()));
    }
    return counts;
  }

  @Override
  public List<Metric> metrics(List<double[]> scores, double threshold) {
    List<Metric> metrics = new ArrayList<>(counts(scores, threshold).metrics());
    metrics.add(falseAlarmRate(scores, threshold));
    metrics.add(Surfaces.mean(series, scores));
    return metrics;
  }

  @Override
  public double oracle(List<double[]> scores) {
    double best = -1;
    double at = Double.POSITIVE_INFINITY;
    for (double threshold : Surfaces.thresholds(series, scores)) {
      double f1 = counts(scores, threshold).metrics().get(2).value();
      boolean honest = falseAlarmRate(scores, threshold).value() <= MOST_FALSE_ALARMS;
      if (honest && f1 > best) {
        best = f1;
        at = threshold;
      }
    }
    return at;
  }
}

package io.longcast.benchmark;

import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.RowInterval;
import io.longcast.evaluate.SequenceOverlap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labelled sequences of test files, counted by overlap; the train file is learned on. */
final class TelemetryProtocol implements DetectionProtocol {
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

  private static LabelledSeries read(Path folder, String id, String sequences) {
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

  private static double[][] rows(Path path) {
    DelimitedFile file = DelimitedFile.read(path, ',');
    double[][] columns = new double[file.header().size()][];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = file.numbers(c);
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

  private SequenceOverlap counts(List<double[]> scores, double threshold) {
    SequenceOverlap counts = SequenceOverlap.NONE;
    for (int i = 0; i < series.size(); i++) {
      double[] row = scores.get(i);
      boolean[] alarms = new boolean[row.length];
      int from = series.get(i).series().learningRows() + spec.unscoredRows();
      for (int t = from; t < row.length; t++) {
        alarms[t] = row[t] >= threshold;
      }
      List<RowInterval> predicted = RowInterval.merge(RowInterval.runs(alarms), spec.mergeGap());
      counts = counts.plus(SequenceOverlap.of(predicted, series.get(i).labels()));
    }
    return counts;
  }

  @Override
  public List<Metric> metrics(List<double[]> scores, double threshold) {
    List<Metric> metrics = new ArrayList<>(counts(scores, threshold).metrics());
    metrics.add(Surfaces.mean(series, scores));
    return metrics;
  }

  @Override
  public double oracle(List<double[]> scores) {
    double best = -1;
    double at = Double.POSITIVE_INFINITY;
    for (double threshold : Surfaces.thresholds(series, scores)) {
      double f1 = counts(scores, threshold).metrics().get(2).value();
      if (f1 > best) {
        best = f1;
        at = threshold;
      }
    }
    return at;
  }
}

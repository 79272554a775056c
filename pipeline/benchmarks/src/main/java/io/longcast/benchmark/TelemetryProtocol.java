package io.longcast.benchmark;

import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.PointwiseCounts;
import io.longcast.evaluate.PrunedSequences;
import io.longcast.evaluate.RowInterval;
import io.longcast.evaluate.SequenceOverlap;
import io.longcast.settings.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Labelled sequences of test files, counted by overlap; the train file is learned on. */
final class TelemetryProtocol implements DetectionProtocol {
  private static final Logger LOG = LoggerFactory.getLogger(TelemetryProtocol.class);
  private static final Pattern PAIR = Pattern.compile("\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*]");

  private final TelemetrySpec spec;
  private final List<LabelledSeries> series = new ArrayList<>();

  TelemetryProtocol(TelemetrySpec spec, Path data) {
    this.spec = spec;
    DelimitedFile labels = DelimitedFile.read(data.resolve(spec.labelFile()), ',');
    int id = labels.column("chan_id");
    int craft = labels.column("spacecraft");
    int sequences = labels.column("anomaly_sequences");
    Map<String, List<RowInterval>> channels = new LinkedHashMap<>();
    for (String[] row : labels.rows()) {
      if (row[craft].equals(spec.spacecraft())) {
        channels
            .computeIfAbsent(row[id], channel -> new ArrayList<>())
            .addAll(pairs(row[sequences]));
      }
    }
    if (channels.isEmpty()) {
      throw new SettingException(
          List.of("benchmark.telemetry.spacecraft", "benchmark.telemetry.labelFile"),
          "no channel of " + spec.spacecraft() + " is labelled in " + labels.path());
    }
    Path folder = data.resolve(spec.spacecraft());
    channels.forEach((channel, sequence) -> read(folder, channel, sequence));
    List<String> absent = new ArrayList<>(channels.keySet());
    series.forEach(one -> absent.remove(one.series().id()));
    if (!absent.isEmpty()) {
      LOG.warn(
          "{}: {} of {} labelled channels have no train file in {} and are skipped: {}",
          spec.spacecraft(),
          absent.size(),
          channels.size(),
          folder,
          absent);
    }
    if (series.isEmpty()) {
      throw new IllegalArgumentException(
          "none of the "
              + channels.size()
              + " labelled channels of "
              + spec.spacecraft()
              + " has a train file such as "
              + folder.resolve("train").resolve(absent.get(0) + ".csv.gz")
              + "; give the folder of the collection with --data DIR");
    }
  }

  private static List<RowInterval> pairs(String sequences) {
    List<RowInterval> labels = new ArrayList<>();
    Matcher pairs = PAIR.matcher(sequences);
    while (pairs.find()) {
      labels.add(
          new RowInterval(Integer.parseInt(pairs.group(1)), Integer.parseInt(pairs.group(2))));
    }
    return labels;
  }

  /** A channel without files is none of this collection; labels may name more than there are. */
  private void read(Path folder, String id, List<RowInterval> sequences) {
    Path path = folder.resolve("train").resolve(id + ".csv.gz");
    if (!Files.exists(path)) {
      return;
    }
    double[][] train = rows(path);
    Path testPath = folder.resolve("test").resolve(id + ".csv.gz");
    double[][] test = rows(testPath);
    requireAlike(train, test, testPath, sequences);
    double[][] all = new double[train.length + test.length][];
    System.arraycopy(train, 0, all, 0, train.length);
    System.arraycopy(test, 0, all, train.length, test.length);
    List<RowInterval> labels =
        sequences.stream()
            .sorted(Comparator.comparingInt(RowInterval::first))
            .map(s -> new RowInterval(train.length + s.first(), train.length + s.last()))
            .toList();
    series.add(new LabelledSeries(new RowSeries(id, null, all, train.length), labels));
  }

  private static void requireAlike(
      double[][] train, double[][] test, Path path, List<RowInterval> sequences) {
    int last = sequences.stream().mapToInt(RowInterval::last).max().orElse(0);
    if (last >= test.length || train[0].length != test[0].length) {
      throw new IllegalArgumentException(
          "expected "
              + train[0].length
              + " columns, as in the train file, and more than "
              + last
              + " rows, the last one labelled, found "
              + test[0].length
              + " columns and "
              + test.length
              + " rows in "
              + path
              + "; labels, train and test files must be of one version");
    }
  }

  private double[][] rows(Path path) {
    DelimitedFile file = DelimitedFile.read(path, ',').withRows();
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
    List<RowInterval> merged = RowInterval.merge(RowInterval.runs(alarms), spec.mergeGap());
    return new PrunedSequences(spec.prune()).of(merged, row, from);
  }

  /**
   * Overlap of sequences; then {@code far}, the share of normal test rows inside predicted
   * sequences, to be read together with F1: one sequence over the whole of every file finds all
   * labels at at most one false positive per file.
   */
  @Override
  public List<Metric> metrics(List<double[]> scores, double threshold) {
    SequenceOverlap overlap = SequenceOverlap.NONE;
    AlarmCounts counts = AlarmCounts.NONE;
    for (int i = 0; i < series.size(); i++) {
      List<RowInterval> predicted = predicted(i, scores.get(i), threshold);
      overlap = overlap.plus(SequenceOverlap.of(predicted, series.get(i).labels()));
      boolean[] alarms = RowInterval.flags(predicted, scores.get(i).length);
      int from = series.get(i).series().learningRows();
      counts = counts.plus(AlarmCounts.of(alarms, series.get(i), from));
    }
    List<Metric> metrics = new ArrayList<>(overlap.metrics());
    PointwiseCounts points = counts.points();
    metrics.add(
        Metric.mean(
            "far", points.falsePositives(), points.falsePositives() + points.trueNegatives()));
    Metric plain = points.metrics().get(0);
    metrics.add(new Metric("f1_pointwise", plain.value(), plain.count()));
    metrics.add(counts.pointAdjusted());
    metrics.addAll(counts.events().metrics());
    metrics.add(Surfaces.mean(series, scores));
    return metrics;
  }

  @Override
  public double[][] tallies(int index, double[] scores, double[] thresholds) {
    LabelledSeries one = series.get(index);
    boolean[] flags = one.flags();
    double[][] tallies = new double[thresholds.length][];
    for (int t = 0; t < thresholds.length; t++) {
      List<RowInterval> predicted = predicted(index, scores, thresholds[t]);
      SequenceOverlap overlap = SequenceOverlap.of(predicted, one.labels());
      PointwiseCounts points =
          PointwiseCounts.of(
              RowInterval.flags(predicted, scores.length),
              flags,
              one.series().learningRows(),
              scores.length);
      tallies[t] =
          new double[] {
            overlap.truePositives(),
            overlap.falsePositives(),
            overlap.falseNegatives(),
            points.falsePositives(),
            points.trueNegatives()
          };
    }
    return tallies;
  }

  @Override
  public boolean admits(double[] tally) {
    return tally[3] <= spec.maxFalseAlarms() * (tally[3] + tally[4]);
  }
}

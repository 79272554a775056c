package io.longcast.benchmark;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.NabFile;
import io.longcast.evaluate.NabProfile;
import io.longcast.evaluate.NabScorer;
import io.longcast.evaluate.RowInterval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Numenta benchmark's rules on every file of a folder. */
final class NabProtocol implements DetectionProtocol {
  private final NabSpec spec;
  private final NabScorer standard;
  private final List<LabelledSeries> series = new ArrayList<>();

  NabProtocol(NabSpec spec, Path data) {
    this.spec = spec;
    standard = new NabScorer(NabProfile.STANDARD, spec.silence());
    Path folder = data.resolve(spec.dataFolder());
    Map<String, Object> labels =
        ConfigFactory.parseFile(
                data.resolve(spec.labelFile()).toFile(),
                ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON).setAllowMissing(false))
            .root()
            .unwrapped();
    for (Path path : DelimitedFile.below(folder, ".csv")) {
      String name = folder.relativize(path).toString().replace('\\', '/');
      series.add(read(name, DelimitedFile.read(path, ','), labels.get(name)));
    }
  }

  private static LabelledSeries read(String name, DelimitedFile file, Object windows) {
    long[] micros = file.micros(file.column("timestamp"));
    double[] values = file.numbers(file.column("value"));
    double[][] rows = new double[values.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {values[i]};
    }
    RowSeries series = new RowSeries(name, micros, rows, NabFile.probation(rows.length));
    List<RowInterval> labels = new ArrayList<>();
    if (windows instanceof List<?> list) {
      for (Object window : list) {
        labels.add(interval(micros, (List<?>) window));
      }
    }
    return new LabelledSeries(series, labels);
  }

  /** First and last row whose time lies between the two, both inclusive. */
  private static RowInterval interval(long[] micros, List<?> ends) {
    long from = DelimitedFile.micros((String) ends.get(0));
    long to = DelimitedFile.micros((String) ends.get(1));
    int first = -1;
    int last = -1;
    for (int i = 0; i < micros.length; i++) {
      if (micros[i] >= from && micros[i] <= to) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    return new RowInterval(first, last);
  }

  @Override
  public List<LabelledSeries> series() {
    return series;
  }

  @Override
  public double threshold() {
    return spec.threshold();
  }

  /** The files with a detector's scores, as the scorer takes them. */
  static List<NabScorer.Scored> scored(List<LabelledSeries> series, List<double[]> scores) {
    List<NabScorer.Scored> files = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      LabelledSeries labelled = series.get(i);
      files.add(
          new NabScorer.Scored(
              new NabFile(labelled.series().length(), labelled.labels()), scores.get(i)));
    }
    return files;
  }

  @Override
  public List<Metric> metrics(List<double[]> scores, double threshold) {
    List<NabScorer.Scored> files = scored(series, scores);
    List<Metric> metrics = new ArrayList<>();
    for (NabProfile profile : NabProfile.values()) {
      metrics.add(new NabScorer(profile, spec.silence()).score(files, threshold));
    }
    for (NabProfile profile : NabProfile.values()) {
      NabScorer.Best best = new NabScorer(profile, spec.silence()).oracle(files);
      metrics.add(new Metric(profile.metric() + "_oracle", best.score(), series.size()));
    }
    AlarmCounts counts = AlarmCounts.NONE;
    for (int i = 0; i < series.size(); i++) {
      boolean[] alarms = standard.alarms(files.get(i), threshold);
      counts = counts.plus(AlarmCounts.of(alarms, series.get(i), files.get(i).file().probation()));
    }
    metrics.addAll(counts.metrics());
    metrics.add(Surfaces.mean(series, scores));
    return metrics;
  }

  @Override
  public double[][] tallies(int index, double[] scores, double[] thresholds) {
    LabelledSeries one = series.get(index);
    double[] raw =
        standard.raw(
            new NabScorer.Scored(new NabFile(scores.length, one.labels()), scores), thresholds);
    double[][] tallies = new double[raw.length][];
    for (int t = 0; t < raw.length; t++) {
      tallies[t] = new double[] {raw[t], one.labels().size()};
    }
    return tallies;
  }

  @Override
  public double figure(double[] tally) {
    return standard.normalised(tally[0], (long) tally[1]);
  }

  @Override
  public String figureName() {
    return NabProfile.STANDARD.metric();
  }
}

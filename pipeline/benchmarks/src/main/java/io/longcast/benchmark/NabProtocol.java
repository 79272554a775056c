package io.longcast.benchmark;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.NabFile;
import io.longcast.evaluate.NabProfile;
import io.longcast.evaluate.NabScorer;
import io.longcast.evaluate.RowInterval;
import io.longcast.settings.SettingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Numenta benchmark's rules on every file of a folder. */
final class NabProtocol implements DetectionProtocol {
  private static final Logger LOG = LoggerFactory.getLogger(NabProtocol.class);

  private final NabSpec spec;
  private final NabScorer standard;
  private final List<LabelledSeries> series = new ArrayList<>();

  NabProtocol(NabSpec spec, Path data) {
    this.spec = spec;
    standard = new NabScorer(NabProfile.STANDARD, spec.silence());
    Path folder = data.resolve(spec.dataFolder());
    Path labelFile = data.resolve(spec.labelFile());
    Map<String, Object> labels = labels(labelFile);
    List<String> unnamed = new ArrayList<>();
    for (Path path : DelimitedFile.below(folder, ".csv")) {
      String name = folder.relativize(path).toString().replace('\\', '/');
      if (!labels.containsKey(name)) {
        unnamed.add(name);
      }
      series.add(read(name, DelimitedFile.read(path, ',').withRows(), labels.get(name)));
    }
    requireNamed(unnamed, labelFile);
  }

  private static Map<String, Object> labels(Path file) {
    try {
      return ConfigFactory.parseFile(
              file.toFile(),
              ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON).setAllowMissing(false))
          .root()
          .unwrapped();
    } catch (ConfigException broken) {
      throw new SettingException(
          "benchmark.nab.labelFile",
          "expected a label file in JSON, windows by name of the data file, at "
              + file
              + ": "
              + broken.getMessage()
              + "; give the folder of the collection with --data DIR",
          broken);
    }
  }

  /** A file that the labels do not name counts as normal; that none is named is a mistake. */
  private void requireNamed(List<String> unnamed, Path labelFile) {
    if (unnamed.size() == series.size()) {
      throw new SettingException(
          List.of("benchmark.nab.labelFile", "benchmark.nab.dataFolder"),
          labelFile
              + " names none of the "
              + series.size()
              + " data files, the first of which is "
              + unnamed.get(0)
              + "; the keys of the label file must be paths below "
              + spec.dataFolder());
    }
    if (!unnamed.isEmpty()) {
      LOG.warn("{} does not name {}: taken for normal throughout", labelFile, unnamed);
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
        labels.add(interval(name, micros, window));
      }
    }
    return new LabelledSeries(series, labels);
  }

  /** First and last row whose time lies between the two, both inclusive. */
  private static RowInterval interval(String name, long[] micros, Object window) {
    if (!(window instanceof List<?> ends && ends.size() == 2)) {
      throw new IllegalArgumentException(
          "expected a window [first time, last time], found "
              + window
              + " at the label of "
              + name);
    }
    long from = DelimitedFile.micros(ends.get(0).toString());
    long to = DelimitedFile.micros(ends.get(1).toString());
    int[] inside =
        IntStream.range(0, micros.length)
            .filter(i -> micros[i] >= from && micros[i] <= to)
            .toArray();
    if (inside.length == 0) {
      throw new IllegalArgumentException(
          "the labelled window "
              + window
              + " holds no row of "
              + name
              + "; label file and data are of different versions");
    }
    return new RowInterval(inside[0], inside[inside.length - 1]);
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

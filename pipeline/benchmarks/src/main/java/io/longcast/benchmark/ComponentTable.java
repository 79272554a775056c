package io.longcast.benchmark;

import io.longcast.anomaly.score.ComponentScores;
import io.longcast.anomaly.score.CompositeScore;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.anomaly.score.RowScore;
import io.longcast.anomaly.score.RowSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The scores of each part alone, over all series, found in one pass: the largest over the channels,
 * in the units of the detector.
 */
final class ComponentTable {
  private final List<String> names;
  private final double[][][] scores;

  /**
   * @param detector whose parts they are
   * @param factory the same with all it needs, such as a forecaster
   */
  ComponentTable(
      DetectorSpec detector, CompositeScore.Factory factory, List<LabelledSeries> series) {
    names =
        Stream.concat(
                detector.channels().stream().map(Object::toString),
                detector.drift().stream().map(Object::toString))
            .toList();
    scores = new double[names.size()][series.size()][];
    IntStream.range(0, series.size())
        .forEach(i -> fill(i, series.get(i).series(), factory, detector.channels().size()));
  }

  private void fill(int i, RowSeries series, CompositeScore.Factory factory, int parts) {
    for (double[][] part : scores) {
      part[i] = new double[series.length()];
    }
    CompositeScore score = factory.start(series.rows()[0].length, series.learningRows());
    for (int t = 0; t < series.length(); t++) {
      score.next(series.micros() == null ? RowScore.NO_TIME : series.micros()[t], series.rows()[t]);
      ComponentScores row = score.parts();
      for (int k = 0; k < row.size(); k++) {
        int part = row.channel(k) < 0 ? parts + row.part(k) : row.part(k);
        scores[part][i][t] = Math.max(scores[part][i][t], row.score(k));
      }
    }
  }

  List<String> names() {
    return names;
  }

  /** One part's scores, an array a series. */
  List<double[]> scores(int part) {
    return Arrays.asList(scores[part]);
  }

  /** A quantile of a part's scores after the learning rows of some series. */
  double quantile(int part, double level, List<Integer> among, List<LabelledSeries> series) {
    double[] sorted =
        among.stream()
            .flatMapToDouble(
                i -> Arrays.stream(scores[part][i]).skip(series.get(i).series().learningRows()))
            .sorted()
            .toArray();
    return Math.max(1e-9, sorted[(int) (level * (sorted.length - 1))]);
  }

  /** The largest of some parts, each over its unit. */
  List<double[]> combined(List<Integer> parts, double[] units) {
    List<double[]> combined = new ArrayList<>();
    for (int i = 0; i < scores[0].length; i++) {
      double[] most = new double[scores[0][i].length];
      for (int part : parts) {
        double[] own = scores[part][i];
        double factor = 1 / units[part];
        for (int t = 0; t < most.length; t++) {
          most[t] = Math.max(most[t], own[t] * factor);
        }
      }
      combined.add(most);
    }
    return combined;
  }
}

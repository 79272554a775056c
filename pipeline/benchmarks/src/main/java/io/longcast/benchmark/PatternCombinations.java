package io.longcast.benchmark;

import io.longcast.anomaly.pattern.Component;
import io.longcast.anomaly.pattern.GrowingPattern;
import io.longcast.anomaly.pattern.PatternSpec;
import io.longcast.anomaly.score.RowSeries;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All sums of the groups of components of a pattern: residual, shapes and texture; the candidates
 * that a rule is chosen from. Several channels: the largest sum of any.
 */
final class PatternCombinations {
  private static final Map<String, List<Component>> GROUPS = groups();
  private static final List<String> NAMES = List.copyOf(GROUPS.keySet());

  private PatternCombinations() {}

  private static Map<String, List<Component>> groups() {
    Map<String, List<Component>> groups = new LinkedHashMap<>();
    groups.put("residual", List.of(Component.RESIDUAL));
    groups.put("shape", List.of(Component.SHORT_SHAPE, Component.SHAPE, Component.LONG_SHAPE));
    groups.put("texture", List.of(Component.TEXTURE));
    return groups;
  }

  /** Scores of a series by the name of the sum, such as {@code residual + shape}. */
  static Map<String, double[]> scores(RowSeries series) {
    Map<String, double[]> scores = new LinkedHashMap<>();
    for (int mask = 1; mask < 1 << NAMES.size(); mask++) {
      double[] none = new double[series.length()];
      Arrays.fill(none, Double.NEGATIVE_INFINITY);
      Arrays.fill(none, 0, Math.min(none.length, series.learningRows()), 0);
      scores.put(name(mask), none);
    }
    for (int c = 0; c < series.rows()[0].length; c++) {
      add(series, c, scores);
    }
    return scores;
  }

  private static void add(RowSeries series, int channel, Map<String, double[]> scores) {
    double[] values = Arrays.stream(series.rows()).mapToDouble(row -> row[channel]).toArray();
    GrowingPattern pattern = new GrowingPattern(PatternSpec.of(series.rows()[0].length));
    pattern.learn(Arrays.copyOf(values, series.learningRows()));
    double[] groups = new double[NAMES.size()];
    for (int row = series.learningRows(); row < values.length; row++) {
      pattern.next(values[row], Double.NaN);
      for (int g = 0; g < groups.length; g++) {
        groups[g] = GROUPS.get(NAMES.get(g)).stream().mapToDouble(pattern::weighted).sum();
      }
      for (int mask = 1; mask < 1 << groups.length; mask++) {
        double[] all = scores.get(name(mask));
        all[row] = Math.max(all[row], sum(groups, mask));
      }
    }
  }

  private static double sum(double[] groups, int mask) {
    double sum = 0;
    for (int g = 0; g < groups.length; g++) {
      sum += (mask >> g & 1) * groups[g];
    }
    return sum;
  }

  private static String name(int mask) {
    StringBuilder name = new StringBuilder();
    for (int g = 0; g < NAMES.size(); g++) {
      if ((mask >> g & 1) == 1) {
        name.append(name.isEmpty() ? "" : " + ").append(NAMES.get(g));
      }
    }
    return name.toString();
  }
}

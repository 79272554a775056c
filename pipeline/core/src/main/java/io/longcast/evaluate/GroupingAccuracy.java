package io.longcast.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The share of lines whose predicted group holds exactly the lines of their true group (Zhu et al.,
 * "Tools and Benchmarks for Automated Log Parsing", ICSE-SEIP 2019).
 */
public final class GroupingAccuracy {
  private GroupingAccuracy() {}

  /** {@code grouping_accuracy} of one log: predicted and true group of each line. */
  public static Metric of(List<String> predicted, List<String> actual) {
    if (predicted.size() != actual.size()) {
      throw new IllegalArgumentException(
          "one group a line, predicted = " + predicted.size() + ", actual = " + actual.size());
    }
    Map<String, Integer> predictedSizes = sizes(predicted);
    Map<String, Integer> actualSizes = sizes(actual);
    Map<List<String>, Integer> both = new HashMap<>();
    for (int i = 0; i < predicted.size(); i++) {
      both.merge(List.of(predicted.get(i), actual.get(i)), 1, Integer::sum);
    }
    long right = 0;
    for (Map.Entry<List<String>, Integer> pair : both.entrySet()) {
      int size = pair.getValue();
      boolean same =
          predictedSizes.get(pair.getKey().get(0)) == size
              && actualSizes.get(pair.getKey().get(1)) == size;
      right += same ? size : 0;
    }
    return Metric.mean("grouping_accuracy", right, actual.size());
  }

  private static Map<String, Integer> sizes(List<String> groups) {
    Map<String, Integer> sizes = new HashMap<>();
    groups.forEach(group -> sizes.merge(group, 1, Integer::sum));
    return sizes;
  }
}

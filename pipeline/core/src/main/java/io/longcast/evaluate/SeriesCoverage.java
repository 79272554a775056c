package io.longcast.evaluate;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** Values inside an interval by series; mergeable. Memory: one entry a series. */
final class SeriesCoverage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int TWENTY = 20;

  private final Map<String, long[]> counts = new TreeMap<>();

  void add(String seriesId, long inside, long values) {
    if (values > 0) {
      long[] count = counts.computeIfAbsent(seriesId, id -> new long[2]);
      count[0] += inside;
      count[1] += values;
    }
  }

  void merge(SeriesCoverage other) {
    other.counts.forEach((id, count) -> add(id, count[0], count[1]));
  }

  /** Mean coverage of the twentieth of the series (rounded up) that are covered least. */
  Metric worstTwentieth(String name) {
    int worst = (counts.size() + TWENTY - 1) / TWENTY;
    double sum =
        counts.values().stream()
            .mapToDouble(count -> (double) count[0] / count[1])
            .sorted()
            .limit(worst)
            .sum();
    return Metric.mean(name, sum, worst);
  }
}

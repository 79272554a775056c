package io.longcast.anomaly.logs.sequence;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each key follows each other key in normal sessions: what is expected, where there is no
 * language model.
 *
 * @param keys size of the vocabulary; the class of the end has this number, as has the start
 * @param counts {@code [keys + 1][keys + 1]}, by the key before
 */
public record TransitionTable(int keys, long[][] counts) implements Serializable {

  /** A key and its probability. */
  public record Expectation(int key, double probability) implements Serializable {}

  /** Counts the neighbours in normal sessions. */
  public static TransitionTable fit(SessionSet normal) {
    int keys = normal.keys();
    long[][] counts = new long[keys + 1][keys + 1];
    for (int s = 0; s < normal.counts().length; s++) {
      int[] session = normal.sequences().get(s);
      for (int i = 0; i <= session.length; i++) {
        int before = i == 0 ? keys : session[i - 1];
        counts[before][i == session.length ? keys : session[i]] += normal.counts()[s];
      }
    }
    return new TransitionTable(keys, counts);
  }

  /** The keys that most often stand at a position, most probable first; none after unseen keys. */
  public List<Expectation> expected(int[] session, int position, int most) {
    int before = position == 0 ? keys : session[position - 1];
    if (before < 0 || before > keys) {
      return List.of();
    }
    long[] row = counts[before];
    double total = 0;
    for (long count : row) {
      total += count;
    }
    double all = Math.max(1, total);
    return IntStream.rangeClosed(0, keys)
        .filter(key -> row[key] > 0)
        .mapToObj(key -> new Expectation(key, row[key] / all))
        .sorted(
            Comparator.comparingDouble((Expectation e) -> -e.probability())
                .thenComparingInt(Expectation::key))
        .limit(most)
        .toList();
  }
}

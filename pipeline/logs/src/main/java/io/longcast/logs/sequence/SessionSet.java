package io.longcast.logs.sequence;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Normal sessions: the distinct ones in lexicographic order, with how often each occurred.
 *
 * @param sequences key numbers in [0, keys)
 * @param counts of the sequences, at least 1 each
 * @param keys size of the vocabulary
 */
public record SessionSet(List<int[]> sequences, long[] counts, int keys) implements Serializable {

  /** Stands for a key outside the vocabulary. */
  public static final int UNSEEN = -1;

  public SessionSet {
    sequences = List.copyOf(sequences);
    counts = counts.clone();
    if (sequences.isEmpty() || sequences.size() != counts.length) {
      throw new IllegalArgumentException(
          "a session set needs sequences and as many counts, found "
              + sequences.size()
              + " and "
              + counts.length);
    }
    for (int[] sequence : sequences) {
      for (int key : sequence) {
        if (key < 0 || key >= keys) {
          throw new IllegalArgumentException(
              "keys of normal sessions must be in [0, " + keys + "), found " + key);
        }
      }
    }
  }

  /** Counts equal sessions. */
  public static SessionSet of(Collection<int[]> sessions, int keys) {
    TreeMap<int[], Long> distinct = new TreeMap<>(Comparator.comparing(s -> s, Arrays::compare));
    sessions.forEach(session -> distinct.merge(session, 1L, Long::sum));
    return new SessionSet(
        List.copyOf(distinct.keySet()),
        distinct.values().stream().mapToLong(Long::longValue).toArray(),
        keys);
  }

  /** Number of sessions, repeated ones counted. */
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /** Keys of the longest session. */
  public int longest() {
    return sequences.stream().mapToInt(session -> session.length).max().orElse(0);
  }

  /** The sessions of others and these. */
  public SessionSet plus(SessionSet other) {
    Map<int[], Long> all = new TreeMap<>(Comparator.comparing(s -> s, Arrays::compare));
    for (SessionSet part : List.of(this, other)) {
      for (int i = 0; i < part.counts.length; i++) {
        all.merge(part.sequences.get(i), part.counts[i], Long::sum);
      }
    }
    return new SessionSet(
        List.copyOf(all.keySet()),
        all.values().stream().mapToLong(Long::longValue).toArray(),
        Math.max(keys, other.keys));
  }

  /** How often each key occurs in a sequence; unseen keys are left out. */
  static int[] histogram(int[] sequence, int keys) {
    int[] counts = new int[keys];
    for (int key : sequence) {
      if (key >= 0 && key < keys) {
        counts[key]++;
      }
    }
    return counts;
  }
}

package io.longcast.logs.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vector of key counts of a session must have occurred before. By Good and Turing (Good,
 * Biometrika 40, 1953) the chance that a normal session shows a new vector is about n₁/N, for N
 * sessions of which n₁ have a unique vector. While that exceeds the budget, the key whose removal
 * lowers it most is taken out of the vector; such keys are checked against their range only. With
 * too few sessions no key remains and the check is off.
 */
public final class CountVectorCheck implements SessionCheck {
  private static final long serialVersionUID = 1L;

  /** The name of this check in a finding. */
  public static final String NAME = "counts";

  private final CountVectorSpec spec;
  private final boolean[] compared;
  private final int[] least;
  private final int[] most;
  private final Map<String, int[]> vectors;
  private final double newVector;
  private final double newRange;

  private CountVectorCheck(
      CountVectorSpec spec,
      boolean[] compared,
      int[] least,
      int[] most,
      Map<String, int[]> vectors,
      double newVector,
      double newRange) {
    this.spec = spec;
    this.compared = compared;
    this.least = least;
    this.most = most;
    this.vectors = vectors;
    this.newVector = newVector;
    this.newRange = newRange;
  }

  /** Learns the vectors of normal sessions. */
  public static CountVectorCheck fit(SessionSet normal, CountVectorSpec spec) {
    return fit(normal, normal.total(), spec);
  }

  /**
   * Learns the vectors of the normal sessions that are kept.
   *
   * @param sessions all normal ones; each of those that are not kept is taken for one with a vector
   *     of its own, since a new one like it would be alarmed
   */
  public static CountVectorCheck fit(SessionSet normal, long sessions, CountVectorSpec spec) {
    List<int[]> histograms =
        normal.sequences().stream().map(s -> SessionSet.histogram(s, normal.keys())).toList();
    boolean[] compared = new boolean[normal.keys()];
    Arrays.fill(compared, true);
    double others = sessions - normal.total() + 1.0;
    while (any(compared)
        && (single(histograms, normal.counts(), compared) + others) / sessions
            > spec.alarmBudget()) {
      compared[minRegular(histograms, normal.counts(), compared)] = false;
    }
    int[] least = new int[normal.keys()];
    int[] most = new int[normal.keys()];
    Arrays.fill(least, Integer.MAX_VALUE);
    Map<String, int[]> vectors = new HashMap<>();
    for (int[] histogram : histograms) {
      vectors.put(vector(histogram, compared), histogram);
      for (int key = 0; key < least.length; key++) {
        least[key] = Math.min(least[key], histogram[key]);
        most[key] = Math.max(most[key], histogram[key]);
      }
    }
    return new CountVectorCheck(
        spec,
        compared,
        least,
        most,
        vectors,
        Math.min(1, (single(histograms, normal.counts(), compared) + others) / sessions),
        Math.min(1, 2.0 / (sessions + 1)));
  }

  private static boolean any(boolean[] compared) {
    for (boolean key : compared) {
      if (key) {
        return true;
      }
    }
    return false;
  }

  /** Sessions whose vector no other session has. */
  private static long single(List<int[]> histograms, long[] counts, boolean[] compared) {
    Map<String, Long> seen = new HashMap<>();
    for (int i = 0; i < counts.length; i++) {
      seen.merge(vector(histograms.get(i), compared), counts[i], Long::sum);
    }
    return seen.values().stream().filter(count -> count == 1).count();
  }

  private static int minRegular(List<int[]> histograms, long[] counts, boolean[] compared) {
    int best = -1;
    long fewest = Long.MAX_VALUE;
    for (int key = 0; key < compared.length; key++) {
      if (compared[key]) {
        compared[key] = false;
        long left = single(histograms, counts, compared);
        compared[key] = true;
        if (left < fewest) {
          fewest = left;
          best = key;
        }
      }
    }
    return best;
  }

  private static String vector(int[] histogram, boolean[] compared) {
    StringBuilder vector = new StringBuilder(histogram.length);
    for (int key = 0; key < histogram.length; key++) {
      if (compared[key]) {
        vector.append((char) Math.min(histogram[key], Character.MAX_VALUE));
      }
    }
    return vector.toString();
  }

  /** Keys that are compared exactly; none: the check is off. */
  public int comparedKeys() {
    int keys = 0;
    for (boolean key : compared) {
      keys += key ? 1 : 0;
    }
    return keys;
  }

  /** Whether there were sessions enough for the budget. */
  public boolean isOn() {
    return any(compared);
  }

  @Override
  public Optional<SessionFinding> check(int[] session) {
    return check(tally().addAll(session));
  }

  /** An empty tally of the kind that {@link #check(KeyTally)} takes. */
  public KeyTally tally() {
    return new KeyTally(most);
  }

  /** Where a session that goes on has more of a message than any normal one. */
  public Optional<SessionFinding> exceeded(KeyTally session) {
    if (!isOn()) {
      return Optional.empty();
    }
    int[] found = session.counts();
    SessionFinding first = null;
    for (int key = 0; key < compared.length; key++) {
      double limit = compared[key] ? most[key] : most[key] * spec.rangeFactor();
      if (found[key] > limit) {
        int at = session.occurrence(key, most[key]);
        if (first == null || at < first.position()) {
          first = outside(session, key, at, compared[key] ? newVector : newRange);
        }
      }
    }
    return Optional.ofNullable(first);
  }

  /** Where a finished session departs first. */
  public Optional<SessionFinding> check(KeyTally session) {
    if (!isOn()) {
      return Optional.empty();
    }
    int[] found = session.counts();
    if (!vectors.containsKey(vector(found, compared))) {
      return Optional.of(finding(session, nearest(found)));
    }
    for (int key = 0; key < compared.length; key++) {
      boolean few = found[key] < least[key] / spec.rangeFactor();
      boolean many = found[key] > most[key] * spec.rangeFactor();
      if (!compared[key] && (few || many)) {
        int at = few ? session.length() : session.occurrence(key, most[key]);
        return Optional.of(outside(session, key, at, newRange));
      }
    }
    return Optional.empty();
  }

  private SessionFinding outside(KeyTally session, int key, int position, double chance) {
    String found =
        "%d times, normal are %d to %d".formatted(session.counts()[key], least[key], most[key]);
    return new SessionFinding(NAME, position, found, chance);
  }

  /** The normal counts with the smallest sum of differences over the compared keys. */
  private int[] nearest(int[] histogram) {
    return vectors.entrySet().stream()
        .min(
            java.util.Comparator.<Map.Entry<String, int[]>>comparingLong(
                    entry -> distance(histogram, entry.getValue()))
                .thenComparing(Map.Entry::getKey))
        .orElseThrow()
        .getValue();
  }

  private long distance(int[] a, int[] b) {
    long sum = 0;
    for (int key = 0; key < compared.length; key++) {
      sum += compared[key] ? Math.abs(a[key] - b[key]) : 0;
    }
    return sum;
  }

  private SessionFinding finding(KeyTally session, int[] normal) {
    int[] found = session.counts();
    int position = session.length();
    List<FindingReason.Part> differences = new ArrayList<>();
    for (int key = 0; key < compared.length; key++) {
      if (compared[key] && found[key] != normal[key]) {
        if (!differences.isEmpty()) {
          differences.add(FindingReason.Part.text(", "));
        }
        differences.add(FindingReason.Part.key(key));
        differences.add(
            FindingReason.Part.text(" %d times instead of %d".formatted(found[key], normal[key])));
        if (found[key] > normal[key]) {
          position = Math.min(position, session.occurrence(key, normal[key]));
        }
      }
    }
    return new SessionFinding(NAME, position, new FindingReason(differences), newVector);
  }
}

package io.longcast.logs.sequence;

import java.io.Serializable;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What all normal sessions show, those included that are too rare to be kept. By it a key, a pair
 * of neighbours or a length that only a rare session has is known all the same.
 *
 * @param keys size of the vocabulary
 * @param sessions number of normal sessions, at least 1
 * @param shortest keys of the shortest session
 * @param longest keys of the longest
 * @param pairs that occur, by the numbers of {@link PairCodes}, ascending
 * @param keyOwners sessions with a key that no other session has
 * @param pairOwners sessions with a pair that no other session has
 */
public record SessionTotals(
    int keys,
    long sessions,
    int shortest,
    int longest,
    int[] pairs,
    long keyOwners,
    long pairOwners)
    implements Serializable {

  /** Stands for the owner of what several sessions show. */
  public static final long MANY = -1;

  public SessionTotals {
    pairs = pairs.clone();
    if (sessions < 1 || shortest > longest) {
      throw new IllegalArgumentException(
          "totals need sessions and their lengths, found %d of %d to %d keys"
              .formatted(sessions, shortest, longest));
    }
  }

  /** The totals of sessions that are all kept. */
  public static SessionTotals of(SessionSet normal) {
    PairCodes codes = new PairCodes(normal.keys());
    Map<Integer, Long> owners = new HashMap<>();
    for (int i = 0; i < normal.counts().length; i++) {
      long owner = normal.counts()[i] == 1 ? i : MANY;
      codes
          .of(normal.sequences().get(i))
          .forEach(pair -> owners.merge(pair, owner, SessionTotals::owner));
    }
    var lengths = normal.sequences().stream().mapToInt(s -> s.length).summaryStatistics();
    return of(normal.keys(), normal.total(), lengths.getMin(), lengths.getMax(), owners);
  }

  /**
   * The totals of counted sessions.
   *
   * @param owners the one session that contains a pair, a unique number, or {@link #MANY}
   */
  public static SessionTotals of(
      int keys, long sessions, int shortest, int longest, Map<Integer, Long> owners) {
    PairCodes codes = new PairCodes(keys);
    Map<Integer, Long> byKey = new HashMap<>();
    owners.forEach(
        (pair, owner) -> {
          if (codes.key(pair) != keys) {
            byKey.merge(codes.key(pair), owner, SessionTotals::owner);
          }
        });
    return new SessionTotals(
        keys,
        sessions,
        shortest,
        longest,
        owners.keySet().stream().mapToInt(Integer::intValue).sorted().toArray(),
        single(byKey),
        single(owners));
  }

  /** The owner of what two show. */
  public static long owner(long a, long b) {
    return a == b ? a : MANY;
  }

  private static long single(Map<Integer, Long> owners) {
    return owners.values().stream().filter(owner -> owner != MANY).distinct().count();
  }

  @Override
  public int[] pairs() {
    return pairs.clone();
  }

  /** The pairs as bits. */
  BitSet pairBits() {
    BitSet bits = new BitSet();
    for (int pair : pairs) {
      bits.set(pair);
    }
    return bits;
  }

  /** Which keys occur. */
  boolean[] seen() {
    PairCodes codes = new PairCodes(keys);
    boolean[] seen = new boolean[keys];
    for (int pair : pairs) {
      int key = codes.key(pair);
      if (key >= 0 && key < keys) {
        seen[key] = true;
      }
    }
    return seen;
  }

  /**
   * The chance that a new session has a key that none of these has: by Good and Turing the share of
   * sessions with a unique key, one more counted. A session with several counts once.
   */
  public double newKeyRate() {
    return (keyOwners + 1.0) / (sessions + 1);
  }

  /** The chance that a new session has a pair of neighbours that none of these has. */
  public double newPairRate() {
    return (pairOwners + 1.0) / (sessions + 1);
  }
}

package io.longcast.logs;

import io.longcast.logs.sequence.GapCheck;
import io.longcast.logs.sequence.NormalSessions;
import io.longcast.logs.sequence.PairCodes;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.logs.sequence.SessionTotals;
import io.longcast.sparkinternals.rdd.TaskResults;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Counts normal sessions and what they show. */
final class SessionCountStage {
  /** Stands in front of the number of a pair, where a session has its first key. */
  private static final int PAIR = -2;

  private static final List<Integer> ALL = List.of(-3);
  private static final List<Integer> UNMATCHED = List.of(-4);

  private SessionCountStage() {}

  /**
   * How often something was seen.
   *
   * @param times seen; of a pair, with a time between
   * @param least keys of a session; milliseconds between a pair
   * @param most the same
   * @param owner the one session it was seen in, or {@link SessionTotals#MANY}
   */
  private record Seen(long times, long least, long most, long owner) implements Serializable {
    Seen and(Seen other) {
      return new Seen(
          times + other.times,
          Math.min(least, other.least),
          Math.max(most, other.most),
          SessionTotals.owner(owner, other.owner));
    }
  }

  /**
   * Counts equal sessions, and the keys, pairs, lengths and times of all. One small shuffle, after
   * which two jobs read. The most frequent distinct sessions come to the driver, and a row for each
   * pair.
   *
   * @param sessions that are to be learned from; those with a line of no template are left out, and
   *     such lines counted
   * @param keys size of the vocabulary
   * @param most distinct sessions to keep
   * @return nothing where there is no session to learn from
   */
  static Optional<NormalSessions> count(JavaRDD<LogSession> sessions, int keys, int most) {
    JavaPairRDD<List<Integer>, Seen> counted =
        TaskResults.partitioned(
                sessions.mapPartitionsToPair(part -> counted(part, new PairCodes(keys))),
                new HashPartitioner(sessions.getNumPartitions()))
            .mapPartitionsToPair(SessionCountStage::merged)
            .cache();
    try {
      Map<List<Integer>, Seen> shown = new HashMap<>();
      TaskResults.collect(counted.filter(entry -> !isSession(entry._1())).map(entry -> entry))
          .forEach(entry -> shown.put(entry._1(), entry._2()));
      if (!shown.containsKey(ALL)) {
        return Optional.empty();
      }
      SessionSet kept = kept(counted, keys, most);
      Seen unmatched = shown.getOrDefault(UNMATCHED, new Seen(0, 0, 0, 0));
      return Optional.of(
          new NormalSessions(kept, totals(shown, keys), gaps(shown, keys), unmatched.times()));
    } finally {
      counted.unpersist(false);
    }
  }

  private static Iterator<Tuple2<List<Integer>, Seen>> merged(
      Iterator<Tuple2<List<Integer>, Seen>> counts) {
    Map<List<Integer>, Seen> all = new HashMap<>();
    counts.forEachRemaining(count -> all.merge(count._1(), count._2(), Seen::and));
    return pairs(all);
  }

  private static Iterator<Tuple2<List<Integer>, Seen>> pairs(Map<List<Integer>, Seen> counts) {
    return counts.entrySet().stream()
        .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
        .iterator();
  }

  private static boolean isSession(List<Integer> keys) {
    return keys.get(0) >= 0;
  }

  /** Each distinct session of a partition, and after them what they show. */
  private static Iterator<Tuple2<List<Integer>, Seen>> counted(
      Iterator<LogSession> sessions, PairCodes codes) {
    Map<List<Integer>, Seen> all = new HashMap<>();
    long owner = (long) TaskContext.getPartitionId() << Integer.SIZE;
    while (sessions.hasNext()) {
      LogSession session = sessions.next();
      long unmatched = session.unmatched();
      if (unmatched > 0) {
        all.merge(UNMATCHED, new Seen(unmatched, 0, 0, 0), Seen::and);
      } else {
        add(session, codes, owner++, all);
      }
    }
    return pairs(all);
  }

  private static void add(
      LogSession session, PairCodes codes, long owner, Map<List<Integer>, Seen> all) {
    int[] keys = session.keys();
    long[] millis = session.millis();
    all.merge(
        Arrays.stream(keys).boxed().collect(Collectors.toList()), new Seen(1, 0, 0, 0), Seen::and);
    all.merge(ALL, new Seen(1, keys.length, keys.length, 0), Seen::and);
    int[] pairs = codes.of(keys).toArray();
    for (int i = 0; i < pairs.length; i++) {
      boolean timed = i > 0 && i < keys.length;
      long gap = timed ? millis[i] - millis[i - 1] : 0;
      all.merge(List.of(PAIR, pairs[i]), new Seen(timed ? 1 : 0, gap, gap, owner), Seen::and);
    }
  }

  private static SessionSet kept(JavaPairRDD<List<Integer>, Seen> counted, int keys, int most) {
    List<Tuple2<List<Integer>, Long>> sessions =
        counted
            .filter(entry -> isSession(entry._1()))
            .map(entry -> new Tuple2<>(entry._1(), entry._2().times()))
            .takeOrdered(most, SessionOrder.MOST_FREQUENT);
    return new SessionSet(
        sessions.stream()
            .map(session -> session._1().stream().mapToInt(Integer::intValue).toArray())
            .toList(),
        sessions.stream().mapToLong(Tuple2::_2).toArray(),
        keys);
  }

  private static SessionTotals totals(Map<List<Integer>, Seen> shown, int keys) {
    Map<Integer, Long> owners = new HashMap<>();
    shown.forEach(
        (what, seen) -> {
          if (what.get(0) == PAIR) {
            owners.put(what.get(1), seen.owner());
          }
        });
    Seen all = shown.get(ALL);
    return SessionTotals.of(keys, all.times(), (int) all.least(), (int) all.most(), owners);
  }

  /** The longest gap of each pair that was seen often enough. */
  private static Map<Integer, Long> gaps(Map<List<Integer>, Seen> shown, int keys) {
    PairCodes codes = new PairCodes(keys);
    Map<Integer, Long> longest = new HashMap<>();
    shown.forEach(
        (what, seen) -> {
          if (what.get(0) == PAIR && seen.times() >= GapCheck.ENOUGH) {
            int pair = what.get(1);
            longest.put(codes.before(pair) * keys + codes.key(pair), seen.most());
          }
        });
    return longest;
  }
}

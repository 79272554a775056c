package io.longcast.logs.sequence;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of normal sessions.
 *
 * @param kept the most frequent ones, to learn from
 * @param all what all of them show
 * @param longestGaps milliseconds by pair {@code before · keys + key}, of pairs seen often enough
 * @param unmatchedLines lines that fit no template; their sessions are not among these
 */
public record NormalSessions(
    SessionSet kept, SessionTotals all, Map<Integer, Long> longestGaps, long unmatchedLines)
    implements Serializable {

  public NormalSessions {
    longestGaps = Collections.unmodifiableMap(new TreeMap<>(longestGaps));
    if (kept.keys() != all.keys() || kept.total() > all.sessions()) {
      throw new IllegalArgumentException(
          "the kept sessions must be of all, found %d of %d, with %d and %d keys"
              .formatted(kept.total(), all.sessions(), kept.keys(), all.keys()));
    }
  }

  /** Sessions that are all kept, without times. */
  public static NormalSessions of(SessionSet kept) {
    return new NormalSessions(kept, SessionTotals.of(kept), Map.of(), 0);
  }

  /** Sessions that are too rare to be kept. */
  public long leftOut() {
    return all.sessions() - kept.total();
  }
}

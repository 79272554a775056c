package io.longcast.logs;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The lines of one session in their order.
 *
 * @param id of the session
 * @param keys of the lines; that of what was never seen for a line of no template
 * @param millis time of each line, milliseconds since the epoch
 * @param files of the lines
 * @param offsets bytes before each line in its file
 * @param texts begin of each line that cannot be read again from its file; null elsewhere
 * @param hosts machine that wrote each line; null where the log does not say
 * @param timed whether the log has times; all {@code millis} are 0 without
 * @param told starts of sessions of this id in rows that were told of it before
 */
record LogSession(
    String id,
    int[] keys,
    long[] millis,
    String[] files,
    long[] offsets,
    String[] texts,
    String[] hosts,
    boolean timed,
    long[] told)
    implements Serializable {

  /** Whether a session that began at a time is this one: its first line is among those read. */
  boolean holds(long start) {
    return start >= millis[0] && start <= millis[millis.length - 1];
  }

  /** Lines that fit no template. */
  int unmatched() {
    return (int) Arrays.stream(keys).filter(key -> key < 0).count();
  }
}

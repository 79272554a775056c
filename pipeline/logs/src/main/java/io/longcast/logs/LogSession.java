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
 */
record LogSession(
    String id, int[] keys, long[] millis, String[] files, long[] offsets, String[] texts)
    implements Serializable {

  /** Lines that fit no template. */
  int unmatched() {
    return (int) Arrays.stream(keys).filter(key -> key < 0).count();
  }
}

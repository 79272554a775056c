package io.longcast.logs.language;

/**
 * A batch of sessions.
 *
 * @param sessions keys of each
 * @param size how many of them count, from the first
 */
record KeyBatch(int[][] sessions, int size) {

  static KeyBatch of(int[][] sessions) {
    return new KeyBatch(sessions, sessions.length);
  }

  /** Steps of the longest session, its end included. */
  int steps() {
    int longest = 0;
    for (int b = 0; b < size; b++) {
      longest = Math.max(longest, sessions[b].length);
    }
    return longest + 1;
  }

  /** Whether a session has this step. */
  boolean has(int b, int step) {
    return step <= sessions[b].length;
  }

  /** Keys and ends of all sessions. */
  long targets() {
    long sum = 0;
    for (int b = 0; b < size; b++) {
      sum += sessions[b].length + 1;
    }
    return sum;
  }
}

package io.longcast.logs.sequence;

import io.longcast.state.StateFields;
import java.util.Arrays;

/**
 * How often each key has occurred in a session so far, and where the first occurrences stood. Its
 * size depends on the model alone, however long the session grows.
 */
public final class KeyTally {
  private final int[] counts;
  private final int[][] positions;
  private int length;

  /**
   * @param most for each key, how often a normal session shows it; one more position is kept
   */
  KeyTally(int[] most) {
    counts = new int[most.length];
    positions = new int[most.length][];
    for (int key = 0; key < most.length; key++) {
      positions[key] = new int[most[key] + 1];
    }
  }

  /** The next key; one outside the vocabulary only counts for the length. */
  public void add(int key) {
    if (key >= 0 && key < counts.length) {
      if (counts[key] < positions[key].length) {
        positions[key][counts[key]] = length;
      }
      counts[key]++;
    }
    length++;
  }

  /** All keys of a session. */
  KeyTally addAll(int[] session) {
    Arrays.stream(session).forEach(this::add);
    return this;
  }

  /** The state, for saving and restoring: of a session of the same model. */
  public void fields(StateFields fields) {
    fields.counts(counts, Integer.MAX_VALUE);
    for (int[] own : positions) {
      fields.counts(own, Integer.MAX_VALUE);
    }
    length = fields.count(length, Integer.MAX_VALUE);
  }

  int[] counts() {
    return counts;
  }

  int length() {
    return length;
  }

  /** Position of the occurrence number {@code count} (from 0) of a key, the length if none. */
  int occurrence(int key, int count) {
    return count < counts[key] && count < positions[key].length ? positions[key][count] : length;
  }
}

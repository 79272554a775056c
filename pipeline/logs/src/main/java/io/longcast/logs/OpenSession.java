package io.longcast.logs;

import io.longcast.logs.language.KeyWalk;
import io.longcast.logs.sequence.KeyTally;
import io.longcast.logs.sequence.SessionFinding;
import io.longcast.state.StateFields;
import java.util.Arrays;

/**
 * State of a session while it is open. Its size depends on the model alone: beside the checks'
 * state only the first {@value #REMEMBERED} keys are kept, for the explanation.
 */
public final class OpenSession {
  static final int REMEMBERED = 512;

  final KeyTally tally;
  final KeyWalk.State state;
  SessionFinding unseen;
  SessionFinding order;
  SessionFinding pair;
  SessionFinding gap;
  int last;
  private int length;
  private long millis;
  private int[] keys = new int[16];

  /**
   * @param start code of the position before the first key
   * @param state of the language model, null where counts are used
   */
  OpenSession(int start, KeyTally tally, KeyWalk.State state) {
    last = start;
    this.tally = tally;
    this.state = state;
  }

  void remember(int key, long millis) {
    if (length < REMEMBERED) {
      if (length == keys.length) {
        keys = Arrays.copyOf(keys, 2 * length);
      }
      keys[length] = key;
    }
    last = key;
    this.millis = millis;
    length++;
  }

  /** All that is remembered, for saving and restoring: of a session of the same model. */
  void fields(StateFields fields) {
    tally.fields(fields);
    if (state != null) {
      state.fields(fields);
    }
    unseen = SessionFinding.field(fields, unseen);
    order = SessionFinding.field(fields, order);
    pair = SessionFinding.field(fields, pair);
    gap = SessionFinding.field(fields, gap);
    last = (int) fields.number(last);
    length = fields.count(length, Integer.MAX_VALUE);
    millis = fields.number(millis);
    int remembered = Math.min(length, REMEMBERED);
    keys = Arrays.copyOf(keys, Math.max(keys.length, remembered));
    for (int i = 0; i < remembered; i++) {
      keys[i] = (int) fields.number(keys[i]);
    }
  }

  /** Whether one of the findings so far is of the message at a position. */
  boolean isFoundAt(int position) {
    return isAt(unseen, position)
        || isAt(order, position)
        || isAt(pair, position)
        || isAt(gap, position);
  }

  private static boolean isAt(SessionFinding finding, int position) {
    return finding != null && finding.position() == position;
  }

  /** Messages so far. */
  public int length() {
    return length;
  }

  /** Time of the last message, milliseconds since the epoch. */
  public long millis() {
    return millis;
  }

  /** The first keys, up to the number remembered. */
  public int[] keys() {
    return Arrays.copyOf(keys, Math.min(length, REMEMBERED));
  }
}

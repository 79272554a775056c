package io.longcast.clean;

import io.longcast.state.StateFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one series whose steps are not complete, and what cleaning must remember of those that
 * are: the last readings of counters. Bounded by the rows within the watermark.
 */
public final class PendingRows {
  private static final byte[] NONE = new byte[0];

  /** Bytes of a {@link RowChunk}; empty without rows. */
  private byte[] chunk = NONE;

  private final Counter[] counters;
  private long newest = Long.MIN_VALUE;

  private PendingRows(Counter[] counters) {
    this.counters = counters;
  }

  /** Of a series of which nothing arrived yet. */
  public static PendingRows none(ArrivalPlan plan) {
    return new PendingRows(new StepValues(plan.layout(), plan.spec()).counters());
  }

  /** Time of the newest row that was taken, microseconds since 1970; before any the least long. */
  public long newest() {
    return newest;
  }

  /** Takes a time as that of a row, where a state without it is resumed. */
  public void notBefore(long micros) {
    newest = Math.max(newest, micros);
  }

  /** As fields of a state. */
  public void fields(StateFields fields) {
    chunk = fields.bytes(chunk, Integer.MAX_VALUE);
    newest = fields.number(newest);
    for (Counter counter : counters) {
      if (counter != null) {
        counter.fields(fields);
      }
    }
  }

  /** Whether rows wait. */
  public boolean hasRows() {
    return chunk.length > 0;
  }

  Counter[] counters() {
    return counters;
  }

  /** These rows and those that arrived. */
  List<byte[]> and(List<byte[]> arrived) {
    List<byte[]> all = new ArrayList<>(arrived);
    if (chunk.length > 0) {
      all.add(chunk);
    }
    return all;
  }

  /** Replaces the rows. */
  void set(OpenChunk rows) {
    chunk = rows == null ? NONE : rows.bytes();
  }
}

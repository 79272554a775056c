package io.longcast.shard;

import io.longcast.window.Block;
import io.longcast.window.WindowSpec;
import java.io.Serializable;

/**
 * The length from which series are cut, from the data alone: short enough that each shard gets
 * several segments and a segment fits a block, long enough that the overlaps stay under a third.
 *
 * @param maxSteps most steps of a segment
 */
record SegmentSize(int maxSteps) implements Serializable {
  /** Segments a shard should have at least, so that they can be balanced. */
  private static final int SEGMENTS_A_SHARD = 4;

  /** A segment is at least this many windows long: overlaps cost a third of the memory at most. */
  private static final int WINDOWS_A_SEGMENT = 4;

  /** Longer segments gain nothing: at this length the overlap of a window of 512 is 1 %. */
  private static final int LONGEST = 1 << 16;

  static SegmentSize of(SegmentTotals totals, WindowSpec window, int shards) {
    long reach = (long) window.contextLength() + window.horizon();
    long share = totals.steps() / ((long) SEGMENTS_A_SHARD * shards);
    long fits = Block.MAX_BYTES / (4L * Math.max(1, totals.rows()));
    long wanted = Math.min(Math.min(share, fits), LONGEST);
    return new SegmentSize(Math.toIntExact(Math.max(wanted, WINDOWS_A_SEGMENT * reach)));
  }
}

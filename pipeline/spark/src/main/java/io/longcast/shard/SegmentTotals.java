package io.longcast.shard;

import io.longcast.series.Segment;
import java.io.Serializable;

/** How much data there is; mergeable. */
record SegmentTotals(long segments, long steps, int rows) implements Serializable {

  static SegmentTotals of(Segment segment) {
    return new SegmentTotals(1, segment.length(), segment.rows());
  }

  SegmentTotals plus(SegmentTotals other) {
    return new SegmentTotals(
        segments + other.segments, steps + other.steps, Math.max(rows, other.rows));
  }
}

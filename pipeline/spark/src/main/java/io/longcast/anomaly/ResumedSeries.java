package io.longcast.anomaly;

import io.longcast.clean.SegmentJoin;
import io.longcast.series.Segment;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A series with what an earlier run saved of it.
 *
 * @param joined its steps as known and new; with nothing known, all of them
 * @param saved the bytes of a {@link SavedSeries}; empty for a series without one
 */
record ResumedSeries(SegmentJoin.Joined joined, byte[] saved) implements Serializable {

  /** A series of which nothing is known. */
  static ResumedSeries fresh(Segment segment) {
    return new ResumedSeries(
        new SegmentJoin.Joined(SegmentJoin.Kind.CONNECTS, segment, 0, List.of(), 0), new byte[0]);
  }

  Segment segment() {
    return joined.segment();
  }

  Optional<SavedSeries> saved(DetectorConfig detection) {
    return saved.length == 0
        ? Optional.empty()
        : Optional.of(
            SavedSeries.fromBytes(
                saved, detection.scores().detector(), detection.plan().channels()));
  }
}

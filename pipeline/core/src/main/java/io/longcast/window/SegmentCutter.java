package io.longcast.window;

import io.longcast.series.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a very long series into overlapping segments that own disjoint sets of origins: each holds
 * the context before its first origin and the horizon after its last, so that every window of the
 * series lies wholly in exactly one segment.
 */
public final class SegmentCutter {
  private SegmentCutter() {}

  /**
   * Cuts a segment into pieces of about equal numbers of origins.
   *
   * @param whole the segment
   * @param window the longest window that will be cut
   * @param maxSteps most steps of a piece; at least one context and one horizon
   * @return the pieces in order of time; the segment itself if it is short enough
   */
  public static List<Segment> cut(Segment whole, WindowSpec window, int maxSteps) {
    int margin = window.contextLength() + window.horizon() - 1;
    if (maxSteps <= margin) {
      throw new IllegalArgumentException(
          "a segment must contain a complete window: maxSteps must be >= "
              + (margin + 1)
              + " for context "
              + window.contextLength()
              + " and horizon "
              + window.horizon()
              + ", found "
              + maxSteps);
    }
    if (whole.length() <= maxSteps) {
      return List.of(whole);
    }
    int origins = whole.originTo() - whole.originFrom();
    int pieces = ceil(origins, maxSteps - margin);
    int each = ceil(origins, pieces);
    List<Segment> cut = new ArrayList<>(pieces);
    for (int from = whole.originFrom(); from < whole.originTo(); from += each) {
      cut.add(piece(whole, window, from, Math.min(from + each, whole.originTo())));
    }
    return cut;
  }

  private static Segment piece(Segment whole, WindowSpec window, int ownedFrom, int ownedTo) {
    int from = Math.max(0, ownedFrom - window.contextLength());
    int end = ownedTo - 1 + window.horizon();
    return whole.slice(from, Math.min(end, whole.length()), end, ownedFrom, ownedTo);
  }

  private static int ceil(int number, int divisor) {
    return (number + divisor - 1) / divisor;
  }
}

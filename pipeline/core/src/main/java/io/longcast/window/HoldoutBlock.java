package io.longcast.window;

import java.io.Serializable;
import java.util.List;

/**
 * The block of time that one member of an ensemble does not train on: each series' training origins
 * fall into {@code parts} consecutive blocks of equal length, and one of them is left out; which
 * one differs from series to series. So every window is left out by one member at most, and each
 * member has seen all series (the delete-a-group jackknife, by blocks of time). A series with fewer
 * windows than parts leaves nothing out.
 *
 * @param part number of the block left out, from 0
 * @param parts blocks per series, at least 1; 1 leaves nothing out
 */
public record HoldoutBlock(int part, int parts) implements Serializable {
  /** Leaves nothing out. */
  public static final HoldoutBlock NONE = new HoldoutBlock(0, 1);

  public HoldoutBlock {
    if (parts < 1 || part < 0 || part >= parts) {
      throw new IllegalArgumentException(
          "a cut leaves out part 0.." + (parts - 1) + " of " + parts + ", found " + part);
    }
  }

  /**
   * The remaining origins of a segment: two ranges, either of which may be empty.
   *
   * @param owned origins that the segment owns, as steps of the segment
   * @param seriesId selects the block that is left out
   * @param seriesStep of the segment's first step
   * @param first the series' first training origin
   * @param windows of the series
   */
  List<Origins> of(Origins owned, String seriesId, long seriesStep, long first, long windows) {
    if (parts == 1 || windows < parts) {
      return List.of(owned);
    }
    int turn = (int) Long.remainderUnsigned(ShardSeed.mix(seriesId.hashCode()), parts);
    int left = (part + turn) % parts;
    long from = first + owned.step() * (windows * left / parts) - seriesStep;
    long to = first + owned.step() * (windows * (left + 1) / parts) - seriesStep;
    return List.of(owned.before(from), owned.from(to));
  }
}

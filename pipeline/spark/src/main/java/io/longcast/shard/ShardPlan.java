package io.longcast.shard;

import io.longcast.series.Segment;
import io.longcast.window.ShardSeed;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowSpec;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Which segment goes to which shard: segments by window count descending, then hash of the series,
 * then start, each to the shard with the fewest windows so far, ties to the lowest number. A
 * function of the set of segments alone.
 *
 * <p>A segment without a training window counts as one, because it is still validated and forecast.
 * Held as primitive arrays, 20 bytes a segment, because every executor gets a copy.
 */
final class ShardPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What the plan needs to know of a segment. */
  record Entry(long hash, long seriesStep, long windows) implements Serializable {}

  private static final Comparator<Entry> BY_PLACE =
      Comparator.comparingLong(Entry::hash).thenComparingLong(Entry::seriesStep);

  private final long[] hashes;
  private final long[] starts;
  private final int[] shardOf;
  private final long[] windows;

  private ShardPlan(List<Entry> sorted, int shards) {
    hashes = sorted.stream().mapToLong(Entry::hash).toArray();
    starts = sorted.stream().mapToLong(Entry::seriesStep).toArray();
    shardOf = new int[sorted.size()];
    windows = new long[shards];
  }

  /** Assigns all segments to {@code shards} shards. */
  static ShardPlan of(List<Entry> entries, int shards) {
    List<Entry> sorted = entries.stream().sorted(BY_PLACE).toList();
    ShardPlan plan = new ShardPlan(sorted, shards);
    plan.assign(sorted);
    return plan;
  }

  /** What the plan needs to know of a segment. */
  static Entry entry(Segment segment, WindowSpec window, SplitSpec splits, int channels) {
    long origins = splits.origins(window, segment, Split.TRAIN).count();
    return new Entry(hash(segment.seriesId()), segment.seriesStep(), origins * channels);
  }

  /** Where a segment of the plan goes. */
  ShardKey key(Segment segment) {
    long hash = hash(segment.seriesId());
    int shard = shard(hash, segment.seriesStep());
    return new ShardKey(shard, hash, segment.seriesId(), segment.seriesStep());
  }

  private void assign(List<Entry> sorted) {
    Integer[] order = new Integer[sorted.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingLong(i -> -sorted.get(i).windows()));
    long[] load = new long[windows.length];
    PriorityQueue<Integer> free =
        new PriorityQueue<>(
            Comparator.<Integer>comparingLong(s -> load[s]).thenComparingInt(s -> s));
    for (int s = 0; s < load.length; s++) {
      free.add(s);
    }
    for (int i : order) {
      int shard = free.remove();
      shardOf[i] = shard;
      load[shard] += Math.max(1, sorted.get(i).windows());
      windows[shard] += sorted.get(i).windows();
      free.add(shard);
    }
  }

  /** The shard of a segment of the plan. */
  int shard(long hash, long seriesStep) {
    int low = 0;
    int high = hashes.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean past = hashes[middle] != hash ? hashes[middle] > hash : starts[middle] >= seriesStep;
      if (past) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (hashes.length == 0 || hashes[low] != hash || starts[low] != seriesStep) {
      throw new IllegalStateException(
          "a segment appeared after the shards were planned: the input gives other segments each"
              + " time it is read");
    }
    return shardOf[low];
  }

  /** Training windows of each shard. */
  long[] windows() {
    return windows.clone();
  }

  /** A 64-bit hash of a series' name that never changes: FNV-1a over its characters, then mixed. */
  static long hash(String seriesId) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < seriesId.length(); i++) {
      hash = (hash ^ seriesId.charAt(i)) * 0x100000001B3L;
    }
    return ShardSeed.mix(hash);
  }
}

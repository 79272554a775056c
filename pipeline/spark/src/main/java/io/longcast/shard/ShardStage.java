package io.longcast.shard;

import io.longcast.series.MappedIterator;
import io.longcast.series.Segment;
import io.longcast.series.SegmentCodec;
import io.longcast.series.SeriesLayout;
import io.longcast.series.SeriesValues;
import io.longcast.settings.SettingChecks;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import io.longcast.window.Block;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Divides whole series into shards of blocks. The result is the same bytes for any partitioning and
 * order of the input.
 *
 * <p>One shuffle of the packed segments; two small jobs before it (total length, window counts)
 * collect numbers only. The input is computed once and kept on disk until {@link
 * ShardedBlocks#unpersist}.
 */
public final class ShardStage {
  private static final Logger LOG = LoggerFactory.getLogger(ShardStage.class);

  private ShardStage() {}

  /**
   * Plans and builds the shards. Blocks are computed when first used: call {@link
   * ShardedBlocks#cache} before.
   *
   * @param segments whole series, each once
   * @param layout the segments' rows: every channel counts its own windows
   * @param window the longest window that will be cut
   * @param splits what counts as a training window
   * @param shards number of shards, at least 1; part of the result's meaning, never derived from
   *     the cluster
   */
  public static ShardedBlocks shard(
      JavaRDD<Segment> segments,
      SeriesLayout layout,
      WindowSpec window,
      SplitSpec splits,
      int shards) {
    JavaRDD<byte[]> packed =
        segments
            .mapPartitions(ShardStage::pack)
            .setName("packed series")
            .persist(StorageLevel.DISK_ONLY());
    try {
      return shard(packed, layout, window, splits, shards, () -> packed.unpersist(true));
    } catch (RuntimeException | Error failed) {
      packed.unpersist(true);
      throw failed;
    }
  }

  /**
   * The same of series that are packed and kept by the caller already.
   *
   * @param packed as {@link SegmentCodec} writes them; read three times
   */
  public static ShardedBlocks shardPacked(
      JavaRDD<byte[]> packed,
      SeriesLayout layout,
      WindowSpec window,
      SplitSpec splits,
      int shards) {
    return shard(packed, layout, window, splits, shards, () -> {});
  }

  private static ShardedBlocks shard(
      JavaRDD<byte[]> packed,
      SeriesLayout layout,
      WindowSpec window,
      SplitSpec splits,
      int shards,
      Runnable free) {
    SettingChecks.atLeast(shards, 1, "training.shards");
    SegmentSize size = size(packed, window, shards);
    int channels = layout.channels().size();
    List<ShardPlan.Entry> entries =
        entries(packed, window, size, piece -> ShardPlan.entry(piece, window, splits, channels));
    ShardPlan plan = ShardPlan.of(entries, shards);
    Shared<ShardPlan> shared = Shared.of(packed.context(), plan);
    JavaRDD<Block> blocks = blocks(packed, window, size, shared, shards);
    List<Runnable> release = List.of(free, () -> shared.destroy());
    return new ShardedBlocks(blocks, plan.windows(), release);
  }

  private static Iterator<byte[]> pack(Iterator<Segment> segments) {
    SegmentCodec codec = new SegmentCodec();
    return new MappedIterator<>(segments, codec::bytes);
  }

  private static SegmentSize size(JavaRDD<byte[]> packed, WindowSpec window, int shards) {
    SegmentTotals totals =
        TaskResults.fold(
            packed.mapPartitions(
                all -> {
                  SegmentCodec codec = new SegmentCodec();
                  return new MappedIterator<>(all, b -> SegmentTotals.of(codec.segment(b)));
                }),
            new SegmentTotals(0, 0, 0),
            SegmentTotals::plus);
    SegmentSize size = SegmentSize.of(totals, window, shards);
    LOG.info(
        "shards: {} series of {} steps in all, cut where longer than {} steps",
        totals.segments(),
        totals.steps(),
        size.maxSteps());
    return size;
  }

  private static List<ShardPlan.Entry> entries(
      JavaRDD<byte[]> packed, WindowSpec window, SegmentSize size, EntryOf entry) {
    return TaskResults.collect(
        packed.mapPartitions(all -> new CutIterator<>(all, window, size, entry)));
  }

  private static JavaRDD<Block> blocks(
      JavaRDD<byte[]> packed,
      WindowSpec window,
      SegmentSize size,
      Shared<ShardPlan> plan,
      int shards) {
    JavaPairRDD<ShardKey, byte[]> placed =
        packed.mapPartitionsToPair(
            all -> {
              SegmentCodec codec = new SegmentCodec();
              return new CutIterator<>(
                  all,
                  window,
                  size,
                  piece -> new Tuple2<>(plan.value().key(piece), codec.bytes(taken(piece))));
            });
    return TaskResults.sorted(placed, new ByShard(shards))
        .mapPartitions(BlockIterator::new, true)
        .setName("blocks");
  }

  /** Windows take no digits but those of floats where these show the changes. */
  private static Segment taken(Segment piece) {
    return piece.withRows(SeriesValues::rounded);
  }

  /** What the plan needs to know of a segment; serializable, because executors call it. */
  private interface EntryOf extends Function<Segment, ShardPlan.Entry>, Serializable {}

  /** Partition = shard. */
  private static final class ByShard extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int shards;

    ByShard(int shards) {
      this.shards = shards;
    }

    @Override
    public int numPartitions() {
      return shards;
    }

    @Override
    public int getPartition(Object key) {
      return ((ShardKey) key).shard();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByShard that && shards == that.shards;
    }

    @Override
    public int hashCode() {
      return shards;
    }
  }

  /** Packs sorted segments into blocks, one block in memory at a time. */
  private static final class BlockIterator implements Iterator<Block> {
    private final Iterator<Tuple2<ShardKey, byte[]>> sorted;
    private final SegmentCodec codec = new SegmentCodec();
    private Segment carried;
    private ShardKey last;

    BlockIterator(Iterator<Tuple2<ShardKey, byte[]>> sorted) {
      this.sorted = sorted;
    }

    @Override
    public boolean hasNext() {
      return carried != null || sorted.hasNext();
    }

    @Override
    public Block next() {
      List<Segment> segments = new ArrayList<>();
      long bytes = 0;
      while (hasNext()) {
        Segment segment = carried == null ? read() : carried;
        carried = segment;
        if (!segments.isEmpty() && bytes + segment.bytes() > Block.MAX_BYTES) {
          break;
        }
        carried = null;
        segments.add(segment);
        bytes += segment.bytes();
      }
      return new Block(segments);
    }

    private Segment read() {
      Tuple2<ShardKey, byte[]> next = sorted.next();
      if (next._1.equals(last)) {
        throw new IllegalArgumentException("given twice: " + last);
      }
      last = next._1;
      return codec.segment(next._2);
    }
  }
}

package io.longcast.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.series.CalendarSpec;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.testing.SharedSession;
import io.longcast.window.BatchCutter;
import io.longcast.window.Block;
import io.longcast.window.HoldoutBlock;
import io.longcast.window.SampleSeries;
import io.longcast.window.SamplingSpec;
import io.longcast.window.ShardSeed;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSampler;
import io.longcast.window.WindowSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executor memory over raw bytes (4 x channels x grid steps) at context 512, in steady state: the
 * shards cached, every shard with a sampler and batches that are being filled. Live bytes are those
 * left after a collection; what the session holds without data is taken off.
 */
@Tag("long")
class ShardMemoryTest {
  private static final Logger LOG = LoggerFactory.getLogger(ShardMemoryTest.class);
  private static final WindowSpec WINDOW = new WindowSpec(512, 48, 1);
  private static final SplitSpec SPLITS = new SplitSpec(1, 1, 0, 0, 0);
  private static final int SHARDS = 8;
  private static final int BATCH = 64;

  @Test
  void keepsPeakBytesBelowOneAndAHalfTimesRawBytes() {
    double many = ratio("2000 series of 10,000 steps, with gaps", 2000, 10_000, 1);
    double few = ratio("4 series of 5,000,000 steps, with gaps", 4, 5_000_000, 1);
    double small = ratio("20,000 series of 1,000 steps, with gaps", 20_000, 1000, 1);
    double wide = ratio("100 series of 10,000 steps in 20 channels", 100, 10_000, 20);
    assertThat(List.of(many, few, small, wide)).allSatisfy(r -> assertThat(r).isBetween(1.0, 1.5));
  }

  private static double ratio(String what, int series, int length, int channels) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
    SeriesLayout layout =
        SeriesLayout.of(IntStream.range(0, channels).mapToObj(c -> "c" + c).toArray(String[]::new));
    long before = live();
    resetPeak();
    JavaRDD<Segment> input =
        spark
            .parallelize(IntStream.range(0, series).boxed().toList(), 8)
            .map(i -> SampleSeries.series("series-" + i, length, channels, i));
    long start = System.nanoTime();
    ShardedBlocks shards = ShardStage.shard(input, layout, WINDOW, SPLITS, SHARDS).cache();
    long segments = shards.blocks().map(b -> (long) b.segments().size()).reduce(Long::sum);
    double seconds = (System.nanoTime() - start) / 1e9;
    long cached = live() - before;
    long building = peak() - before;
    resetPeak();
    long training =
        shards.blocks().mapPartitions(ShardMemoryTest::train).reduce(Math::max) - before;
    long peak = peak() - before;
    long raw = 4L * channels * series * length;
    LOG.info(
        String.format(
            "%s: raw %.0f MB; cached %.3f x, while training %.3f x (with garbage %.3f x); while"
                + " building, with garbage %.2f x; %d segments, built in %.1f s",
            what,
            raw / 1e6,
            (double) cached / raw,
            (double) training / raw,
            (double) peak / raw,
            (double) building / raw,
            segments,
            seconds));
    shards.close();
    assertThat(spark.getPersistentRDDs()).isEmpty();
    return Math.max(Math.max(cached, training), peak) / (double) raw;
  }

  /** Fills minibatches of a shard and tells the live bytes while sampler and batch are held. */
  private static java.util.Iterator<Long> train(java.util.Iterator<Block> blocks) {
    List<Block> held = new java.util.ArrayList<>();
    blocks.forEachRemaining(held::add);
    int channels = held.get(0).segments().get(0).rows();
    SeriesLayout layout =
        SeriesLayout.of(IntStream.range(0, channels).mapToObj(c -> "c" + c).toArray(String[]::new));
    BatchCutter cutter = new BatchCutter(WINDOW, layout, CalendarSpec.NONE);
    SamplingSpec sampling = new SamplingSpec(SamplingSpec.Order.PERMUTATION, 0);
    WindowSampler sampler =
        new WindowSampler(held, cutter, SPLITS, sampling, HoldoutBlock.NONE, new ShardSeed(1, 0));
    WindowBatch batch = cutter.newBatch(BATCH);
    for (int step = 0; step < 200; step++) {
      sampler.fill(batch, step);
    }
    long live = live();
    sampler.fill(batch, 200);
    return List.of(live).iterator();
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static void resetPeak() {
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** Sum of the peaks of all heap pools, garbage included: at least the peak of the heap. */
  private static long peak() {
    return heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  /** Heap in use after a collection. */
  private static synchronized long live() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}

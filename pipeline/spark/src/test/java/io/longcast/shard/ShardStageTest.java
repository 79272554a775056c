package io.longcast.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.series.CalendarSpec;
import io.longcast.series.Segment;
import io.longcast.series.SegmentCodec;
import io.longcast.series.SeriesLayout;
import io.longcast.testing.SharedSession;
import io.longcast.window.BatchCutter;
import io.longcast.window.Block;
import io.longcast.window.SampleSeries;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowScan;
import io.longcast.window.WindowSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class ShardStageTest {
  private static final WindowSpec WINDOW = new WindowSpec(24, 6, 1);
  private static final SplitSpec SPLITS = new SplitSpec(1, 1, 0, 0, 0);
  private static final SeriesLayout LAYOUT = SeriesLayout.of("a", "b");
  private static final List<Segment> FLEET = SampleSeries.fleet(60, 2, 7);

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
  }

  private static List<List<byte[]>> shards(List<Segment> fleet, int partitions, int shards) {
    JavaRDD<Segment> input = spark().parallelize(fleet, partitions);
    ShardedBlocks sharded = ShardStage.shard(input, LAYOUT, WINDOW, SPLITS, shards);
    List<List<byte[]>> bytes = new ArrayList<>();
    try (sharded) {
      for (List<Block> blocks : sharded.blocks().glom().collect()) {
        List<byte[]> shard = new ArrayList<>();
        SegmentCodec codec = new SegmentCodec();
        blocks.forEach(block -> block.segments().forEach(s -> shard.add(codec.bytes(s))));
        bytes.add(shard);
      }
    }
    return bytes;
  }

  @Test
  void givesTheSameBytesForAnyPartitioningAndOrder() {
    List<List<byte[]>> expected = shards(FLEET, 1, 4);
    for (int partitions : new int[] {2, 7}) {
      List<Segment> shuffled = new ArrayList<>(FLEET);
      Collections.shuffle(shuffled, new Random(partitions));
      List<List<byte[]>> found = shards(shuffled, partitions, 4);
      assertThat(found).hasSize(4);
      for (int s = 0; s < 4; s++) {
        assertThat(found.get(s).toArray(new byte[0][]))
            .isDeepEqualTo(expected.get(s).toArray(new byte[0][]));
      }
    }
    assertThat(expected).allSatisfy(shard -> assertThat(shard).isNotEmpty());
  }

  @Test
  void ownsEveryTrainingWindowExactlyOnceAndBalancesThem() {
    ShardedBlocks sharded =
        ShardStage.shard(spark().parallelize(FLEET, 3), LAYOUT, WINDOW, SPLITS, 5);
    List<String> found = new ArrayList<>();
    List<List<Block>> shards = sharded.blocks().glom().collect();
    for (int s = 0; s < shards.size(); s++) {
      int before = found.size();
      scan(shards.get(s), Split.TRAIN, found);
      assertThat((long) found.size() - before).isEqualTo(sharded.windowsPerShard()[s]);
    }
    sharded.close();
    Set<String> expected = new HashSet<>();
    FLEET.forEach(s -> naive(s, expected));
    assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    long most = Collections.max(boxed(sharded.windowsPerShard()));
    long least = Collections.min(boxed(sharded.windowsPerShard()));
    assertThat(most - least).isLessThan(600);
  }

  private static List<Long> boxed(long[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  private static void scan(List<Block> blocks, Split part, List<String> into) {
    BatchCutter cutter = new BatchCutter(WINDOW, LAYOUT, CalendarSpec.NONE);
    WindowScan scan = new WindowScan(blocks.iterator(), cutter, SPLITS, part);
    WindowBatch batch = cutter.newBatch(13);
    while (scan.next(batch)) {
      for (int i = 0; i < batch.size(); i++) {
        Segment segment = batch.segment(i);
        into.add(
            segment.seriesId()
                + "/"
                + batch.channel(i)
                + "/"
                + (segment.seriesStep() + batch.origin(i)));
      }
    }
  }

  private static void naive(Segment whole, Set<String> into) {
    int trainEnd = whole.length() - 2 * WINDOW.horizon();
    for (int c = 0; c < 2; c++) {
      for (int o = WINDOW.contextLength(); o + WINDOW.horizon() <= trainEnd; o++) {
        into.add(whole.seriesId() + "/" + c + "/" + o);
      }
    }
  }

  @Test
  void keepsNothingOfWhatItRefuses() {
    int kept = spark().getPersistentRDDs().size();
    assertThatThrownBy(() -> shards(FLEET, 2, 0)).hasMessageContaining("training.shards");
    assertThat(spark().getPersistentRDDs()).hasSize(kept);
  }

  @Test
  void refusesASeriesThatComesTwice() {
    List<Segment> twice = List.of(FLEET.get(3), FLEET.get(3));
    assertThatThrownBy(() -> shards(twice, 2, 1)).hasMessageContaining("given twice: series s3");
  }

  @Test
  void assignsByWindowCountThenToTheEmptiestShard() {
    List<ShardPlan.Entry> entries =
        List.of(
            new ShardPlan.Entry(1, 0, 5),
            new ShardPlan.Entry(2, 0, 9),
            new ShardPlan.Entry(3, 0, 4),
            new ShardPlan.Entry(4, 0, 4),
            new ShardPlan.Entry(5, 0, 0));
    ShardPlan plan = ShardPlan.of(entries, 2);
    assertThat(plan.shard(2, 0)).isZero();
    assertThat(plan.shard(1, 0)).isEqualTo(1);
    assertThat(plan.shard(3, 0)).isEqualTo(1);
    assertThat(plan.shard(4, 0)).isZero();
    assertThat(plan.shard(5, 0)).isEqualTo(1);
    assertThat(plan.windows()).containsExactly(13, 9);
  }
}

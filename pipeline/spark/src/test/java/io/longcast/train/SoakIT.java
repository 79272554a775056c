package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockId;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two thousand rounds leave nothing behind. */
@Tag("long")
class SoakIT {
  private static final int ROUNDS = 2000;

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
  }

  @Test
  void memoryStaysFlatAndNoBroadcastOrCachedBlockIsLeft() {
    List<Long> heap = new ArrayList<>();
    List<Long> natives = new ArrayList<>();
    TrainingSpec spec = SegmentShards.spec(2, 1, ROUNDS);
    TrainingProgress watching =
        (record, all) -> {
          if (record.round() == 200 || record.round() == ROUNDS) {
            heap.add(heapAfterCollection());
            natives.add(nativeBytes());
          }
        };

    new Trainer(spark(), SegmentShards.factory(), spec, watching)
        .fit(SegmentShards.data(spark(), SegmentShards.segments(6, 1), 2));

    assertThat(heap.get(1) - heap.get(0)).isLessThan(20L << 20);
    assertThat(natives.get(1) - natives.get(0)).isLessThan(8L << 20);
    assertThat(spark().getPersistentRDDs()).isEmpty();
    // Spark's own broadcasts of task binaries go with the collector, some rounds later.
    io.longcast.testing.MavenSpark.await(
        () -> {
          heapAfterCollection();
          return blocksLeft() < 10;
        },
        "the last broadcasts to go");
  }

  private static long heapAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Native arrays of nd4j and direct buffers of Spark. */
  private static long nativeBytes() {
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return direct + Pointer.totalBytes();
  }

  private static int blocksLeft() {
    scala.collection.Seq<BlockId> left =
        spark()
            .sc()
            .env()
            .blockManager()
            .master()
            .getMatchingBlockIds(id -> id.isBroadcast() || id.isRDD(), true);
    return left.size();
  }
}

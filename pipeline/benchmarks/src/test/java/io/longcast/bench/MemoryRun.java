package io.longcast.bench;

import io.longcast.train.ExecutorMemory;
import io.longcast.train.SegmentShards;
import io.longcast.train.Trainer;
import io.longcast.train.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bytedeco.javacpp.Pointer;

/**
 * A driver for {@link ExecutorMemoryIT}: trains networks of the sizes in its arguments, each on one
 * executor of its own whose heap is touched from the start, and prints what the executor holds
 * beside it, in MB. The first argument are the flags of the executor's JVM.
 */
public final class MemoryRun {
  static final int HEAP_MB = 1024;
  private static final int SHARDS = 4;
  private static final int ROUNDS = 12;

  private MemoryRun() {}

  public static void main(String[] arguments) {
    for (int i = 1; i < arguments.length; i++) {
      SparkConf conf =
          new SparkConf()
              .setMaster("local-cluster[1,1," + HEAP_MB + "]")
              .setAppName("memory")
              .set("spark.executor.memory", HEAP_MB + "m")
              .set(
                  "spark.executor.extraJavaOptions",
                  arguments[0] + " -Xms" + HEAP_MB + "m -XX:+AlwaysPreTouch");
      try (JavaSparkContext context = new JavaSparkContext(conf)) {
        measure(context, Integer.parseInt(arguments[i]));
      }
    }
  }

  private static void measure(JavaSparkContext context, int parameters) {
    new Trainer(
            context,
            () -> new NoOpTrainable(parameters),
            SegmentShards.spec(SHARDS, 1, ROUNDS),
            TrainingProgress.silent())
        .fit(SegmentShards.data(context, SegmentShards.segments(8, 1), SHARDS));
    List<Integer> one = List.of(1);
    long resident = context.parallelize(one, 1).map(any -> residentMb()).first();
    long limit = context.parallelize(one, 1).map(any -> Pointer.maxBytes() >> 20).first();
    long heap = (long) HEAP_MB << 20;
    long derived = ExecutorMemory.of(parameters, 2 * parameters, SHARDS, 1, heap).bytes() >> 20;
    System.out.printf(
        "PARAMETERS %d BESIDE %d DERIVED %d LIMIT %d%n",
        parameters, resident - HEAP_MB, derived, limit);
  }

  /** What this process holds in memory, as Linux counts it. */
  private static long residentMb() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

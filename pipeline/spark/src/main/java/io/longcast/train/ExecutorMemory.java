package io.longcast.train;

/**
 * Memory an executor needs in addition to its heap, derived from the network: Spark kills
 * containers that outgrow {@code spark.executor.memory} and {@code spark.executor.memoryOverhead}.
 * About half more than was measured: with a heap of 1 GiB and four shards, 162 MB at 70,000
 * parameters and 203 MB at two million (256 MB and 25 MB a vector are derived). Native memory of
 * DL4J's own layers comes on top and ends at the JVM's {@code org.bytedeco.javacpp.maxbytes}.
 *
 * @param bytes in addition to the heap
 */
public record ExecutorMemory(long bytes) {
  private static final long MEGABYTE = 1L << 20;

  /** Classes, compiled code, stacks and Spark's buffers. */
  private static final long JVM = 192 * MEGABYTE;

  /**
   * The parallel collector's mark bitmaps take a thirtieth of the heap; its card table is extra.
   */
  private static final int HEAP_SHARE = 16;

  /**
   * @param parameters of the network
   * @param updaterState length of the updater's state
   * @param shards that an executor works on in a round, each of which sends a vector
   * @param tasks running at once in an executor, each of which receives one
   * @param heap of an executor, in bytes
   */
  public static ExecutorMemory of(
      int parameters, int updaterState, int shards, int tasks, long heap) {
    long vector = 4L * ((long) parameters + updaterState);
    return new ExecutorMemory(JVM + heap / HEAP_SHARE + vector * ((long) shards + tasks));
  }

  /** As Spark's setting, rounded up. */
  String setting() {
    return "spark.executor.memoryOverhead=" + (bytes + MEGABYTE - 1) / MEGABYTE + "m";
  }
}

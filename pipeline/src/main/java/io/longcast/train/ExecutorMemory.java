package io.longcast.train;

/**
 * Memory an executor needs beside its heap, derived from the network: Spark kills containers that
 * outgrow {@code spark.executor.memory} and {@code spark.executor.memoryOverhead}.
 *
 * @param bytes beside the heap
 */
record ExecutorMemory(long bytes) {
  /** Classes, compiled code, stacks and the collector's own tables. */
  private static final long JVM = 384L << 20;

  /** Copies of a vector under way: arriving, sent, and in the block manager's hands. */
  private static final int COPIES = 3;

  private static final long MEGABYTE = 1L << 20;

  /**
   * @param parameters of the network
   * @param updaterState length of the updater's state
   * @param shards that an executor works on in a round
   * @param tasks running at once in an executor
   */
  static ExecutorMemory of(int parameters, int updaterState, int shards, int tasks) {
    long vectors = 4L * ((long) parameters + updaterState);
    return new ExecutorMemory(JVM + COPIES * vectors * ((long) shards + tasks));
  }

  /** As Spark's setting, rounded up. */
  String setting() {
    return "spark.executor.memoryOverhead=" + (bytes + MEGABYTE - 1) / MEGABYTE + "m";
  }
}

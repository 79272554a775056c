package io.longcast.bench;

/** One side of a comparison of kernels on one workload. */
interface KernelContestant extends AutoCloseable {

  /** Windows a second by the clock and by the processor time of the thread that works. */
  record Speed(double byClock, double byProcessor) {}

  /** The name in tables. */
  String name();

  /** Whole training steps, or forecasts, for about so long. */
  Speed run(boolean training, double seconds);

  @Override
  default void close() {}
}

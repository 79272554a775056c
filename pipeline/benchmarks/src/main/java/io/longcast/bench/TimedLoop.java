package io.longcast.bench;

import io.longcast.bench.KernelContestant.Speed;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntConsumer;

/** Repeats a step on this thread and counts windows by both clocks. */
final class TimedLoop {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private TimedLoop() {}

  /** Runs a step, given its number, for at least so long and at least once. */
  static Speed run(IntConsumer step, int windows, double seconds) {
    long limit = (long) (seconds * 1e9);
    long clock = System.nanoTime();
    long used = THREADS.getCurrentThreadCpuTime();
    int count = 0;
    while (count < 1 || System.nanoTime() - clock < limit) {
      step.accept(count++);
    }
    double total = 1e9 * count * windows;
    return new Speed(
        total / (System.nanoTime() - clock), total / (THREADS.getCurrentThreadCpuTime() - used));
  }
}

package io.longcast.jobs;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * SIGTERM or Ctrl-C while a command is at work: Spark stops, which breaks off what it computes; a
 * table that is being replaced is whole before the process ends, and one line says what happened.
 */
final class Interruption {
  /** Before Spark's own hook (50 in Spark 4, 40 in Spark 3.5), after that of a stream. */
  private static final int BEFORE_SPARK = 500;

  /** After Spark's own hook, before Hadoop's, which closes file systems. */
  private static final int BEFORE_FILES = 20;

  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Runnable quiet = Interruption::silence;
  private final Runnable last = this::await;
  private final PrintWriter err;
  private boolean isWatching;
  private boolean isTold;

  private static Interruption current;

  private Interruption(PrintWriter err) {
    this.err = err;
  }

  /** For one command, of which this process runs one at a time. */
  static synchronized Interruption of(PrintWriter err) {
    current = new Interruption(err);
    return current;
  }

  /** From here on a signal waits for the command; called before Spark starts. */
  static synchronized void watch(boolean verbose) {
    if (current == null || current.isWatching) {
      return;
    }
    current.isWatching = true;
    ShutdownHookManager hooks = ShutdownHookManager.get();
    hooks.addShutdownHook(current.last, BEFORE_FILES, PATIENCE_SECONDS + 5, TimeUnit.SECONDS);
    if (!verbose) {
      hooks.addShutdownHook(current.quiet, BEFORE_SPARK);
    }
  }

  /** Whether a signal has come while a command is at work. */
  static synchronized boolean isUnderWay() {
    return current != null
        && current.isWatching
        && ShutdownHookManager.get().isShutdownInProgress();
  }

  /** Tasks and services that end in the middle of their work would say so, with stacks. */
  private static void silence() {
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
  }

  /** Says once what happened. */
  static synchronized void tell(PrintWriter err) {
    if (current == null || !current.isTold) {
      err.println("error: " + Failures.INTERRUPTED.remedy());
      err.flush();
    }
    if (current != null) {
      current.isTold = true;
    }
  }

  /** What does not end with Spark, such as a request to a server, is left behind. */
  private void await() {
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        tell(err);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command has ended and said what it had to say. */
  void close() {
    ended.countDown();
    synchronized (Interruption.class) {
      if (isWatching && !ShutdownHookManager.get().isShutdownInProgress()) {
        ShutdownHookManager.get().removeShutdownHook(last);
        ShutdownHookManager.get().removeShutdownHook(quiet);
        isWatching = false;
      }
    }
  }
}

package io.longcast.jobs;

import java.io.InvalidClassException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Ordinary failures of machines and clusters: what happened and what to do about it, in the words
 * of the launcher. Spark passes failures of executors on as text, so a cause is known by its type
 * or by what Java and Hadoop always say.
 */
enum Failures {
  OTHER_SPARK(
      cause -> cause instanceof InvalidClassException || says(cause, "local class incompatible"),
      "client and cluster run different Spark versions; start with SPARK_HOME set to the cluster's"
          + " version"),
  FULL_DISK(
      cause -> says(cause, "No space left on device") || says(cause, "Disk quota exceeded"),
      "the disk is full; free space, or move output.path, spark.local.dir (temporary files of"
          + " Spark) or java.io.tmpdir to another one. What was written before is as it was"),
  FULL_HEAP(
      cause -> says(cause, "Java heap space") || says(cause, "GC overhead limit exceeded"),
      "the heap is full; give the driver more by LONGCAST_MEMORY=8g, executors by"
          + " spark.executor.memory, or let more, smaller tasks do the work by clean.partitions"),
  NO_MEMORY(
      cause ->
          cause instanceof OutOfMemoryError
              || says(cause, "unable to create native thread")
              || says(cause, "Cannot allocate memory")
              || says(cause, "Direct buffer memory"),
      "the machine or container has no memory left beside the heap; lower LONGCAST_MEMORY, or give"
          + " executors more by spark.executor.memoryOverhead"),
  LOST_EXECUTORS(
      cause -> says(cause, "ExecutorLostFailure") || says(cause, "Executor heartbeat timed out"),
      "executors were lost more often than spark.task.maxFailures allows; a cluster manager mostly"
          + " ends them for their memory: raise spark.executor.memoryOverhead"),
  NO_PERMISSION(
      cause ->
          cause instanceof AccessDeniedException
              || cause instanceof AccessControlException
              || says(cause, "Permission denied"),
      "no permission; the user of this run must be able to read the source and to write to"
          + " output.path"),
  NO_CLIENT(
      cause ->
          cause instanceof UnsupportedFileSystemException
              || says(cause, "No FileSystem for scheme")
              || says(cause, "S3AFileSystem not found"),
      "the client of this file system is not on the class path; for s3a add LONGCAST_SUBMIT="
          + "\"--packages org.apache.hadoop:hadoop-aws:3.3.4\""),
  INTERRUPTED(
      cause ->
          cause instanceof InterruptedException
              || says(cause, "cancelled because SparkContext was shut down"),
      "the run was interrupted; tables are as they were before or whole, and the same command goes"
          + " on");

  private final Predicate<Throwable> is;
  private final String remedy;

  Failures(Predicate<Throwable> is, String remedy) {
    this.is = is;
    this.remedy = remedy;
  }

  /** What happened and what to do. */
  String remedy() {
    return remedy;
  }

  private static boolean says(Throwable cause, String words) {
    return cause.getMessage() != null && cause.getMessage().contains(words);
  }

  /** What happened and what to do, in one line; empty where the failure is none of these. */
  static Optional<String> explain(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    for (Failures kind : values()) {
      for (Throwable cause : causes) {
        if (kind.is.test(cause)) {
          return Optional.of(kind.remedy + " (" + line(cause) + ")");
        }
      }
    }
    return Optional.empty();
  }

  /** The first line of a message, or the kind of failure where there is none. */
  static String line(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    return String.valueOf(failure.getMessage())
        .lines()
        .filter(line -> !line.isBlank() && !line.equals("null"))
        .findFirst()
        .map(String::strip)
        .orElse(name);
  }
}
